import EnhanceKitTesting
import Foundation
import Testing

@testable import EnhanceKit

extension Stories {
  /// What an app binds a text field to.
  @MainActor @Suite final class TextFieldBindingStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    /// A phone with a reflection that says this, and a field for it that no screen shows yet.
    private func field(
      saying text: String = "", pause: Duration = .seconds(600)
    ) async throws -> (phone: Phone, id: DocumentId, field: TextFieldBinding) {
      let phone = try await world.trainee()
      let id = try await phone.core.reflect(text)
      return (phone, id, binding(phone.core, id, pause))
    }

    private func binding(
      _ core: any LearningCoreProtocol, _ id: DocumentId, _ pause: Duration = .seconds(600)
    ) -> TextFieldBinding {
      TextFieldBinding(core, id: id, field: .answer("what"), pause: pause)
    }

    private func shown(_ field: TextFieldBinding) async throws -> Task<Void, Never> {
      let showing = Task { await field.show() }
      try await until { field.isLoaded }
      return showing
    }

    /// Waits until a field shows it, for at most ten seconds.
    private func until(
      sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () async throws -> Bool
    ) async throws {
      let limit = ContinuousClock.now + .seconds(10)
      while try await !isSo() {
        guard ContinuousClock.now < limit else {
          Issue.record("it never came to that", sourceLocation: sourceLocation)
          return
        }
        try await Task.sleep(for: .milliseconds(5))
      }
    }

    @Test func whatTheDocumentSaysIsShownAndWhatIsTypedIsSettledWithTheScreen() async throws {
      let (phone, id, field) = try await field(saying: "Four falls.")
      let showing = try await shown(field)
      #expect(field.text == "Four falls." && field.failure == nil)
      field.text = "Four falls in one night."
      showing.cancel()
      await showing.value
      #expect(try await phone.core.answer(id) == "Four falls in one night.")
      #expect(try await phone.core.unsettled().isEmpty && !field.isLoaded)
      #expect(field.text == "Four falls in one night.")
    }

    @Test func whatIsTypedBeforeTheDocumentIsReadStandsAfterWhatWasThere() async throws {
      let (phone, id, field) = try await field(saying: "Four falls.")
      field.text = "And"
      field.text = "And nobody saw it."
      field.selection = TextRange(start: 3, end: 3)
      let showing = try await shown(field)
      #expect(field.text == "Four falls.\nAnd nobody saw it.")
      #expect(field.selection == TextRange(start: 15, end: 15))
      field.text += " Twice."
      showing.cancel()
      await showing.value
      let kept = try await phone.core.answer(id)
      #expect(kept == "Four falls.\nAnd nobody saw it. Twice.")
    }

    @Test func whatIsTypedBeforeAnEmptyDocumentIsReadIsAllThereIs() async throws {
      let (phone, id, field) = try await field()
      field.text = "Four falls."
      await field.settle()
      #expect(field.text == "Four falls.")
      #expect(try await phone.core.answer(id) == "Four falls.")
    }

    @Test func aFieldThatNobodyShowsKeepsWhatWasTypedAllTheSame() async throws {
      let (phone, id, _) = try await field()
      do {
        let forgotten = binding(phone.core, id, .milliseconds(50))
        forgotten.text = "Four falls."
      }
      try await until { try await phone.core.answer(id) == "Four falls." }
    }

    @Test func aDraftIsShownAndTypedOn() async throws {
      let (phone, id, field) = try await field(saying: "Four falls.")
      let base = try await phone.core.reflection(id).version
      try await phone.core.autosave(
        id, field: .answer("what"), base: base, text: "Four falls at night.")
      let showing = try await shown(field)
      #expect(field.text == "Four falls at night.")
      field.text = "Four falls at night, and one by day."
      showing.cancel()
      await showing.value
      #expect(try await phone.core.answer(id) == "Four falls at night, and one by day.")
    }

    @Test func wordsThatArriveAreShownAndTheCaretStaysAtItsLetter() async throws {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      let plan = try await ana.core.createProject(title: "Falls")
      try await ana.core.write("Patients fall at night.", in: .problem, of: plan)
      try await ana.core.addMember(plan, person: ben.person, right: .edit)
      try await ana.core.sync()
      try await ben.core.syncAndJoin()

      let field = TextFieldBinding(
        ana.core, id: plan, field: .section(.problem), pause: .seconds(600))
      let showing = try await shown(field)
      field.text = "Patients fall at night, often."
      field.selection = TextRange(start: 13, end: 13)
      try await ben.core.write("Many patients fall at night.", in: .problem, of: plan)
      try await ben.core.sync()
      try await ana.core.sync()
      try await Task.sleep(for: .milliseconds(100))
      #expect(field.text == "Patients fall at night, often.", "not while a person types")
      await field.settle()
      try await until { field.text == "Many patients fall at night, often." }
      #expect(field.selection == TextRange(start: 18, end: 18), "behind the same word")
      field.text += " Why?"
      showing.cancel()
      await showing.value
      let both = "Many patients fall at night, often. Why?"
      #expect(try await ana.core.section(.problem, of: plan) == both)
    }

    @Test func whatIsTypedInTheBackgroundIsSavedOnceTheCoreIsBack() async throws {
      let (phone, id, field) = try await field(saying: "Four falls.")
      let showing = try await shown(field)
      field.text = "Five falls."
      await phone.core.suspendCore()
      let other = try await LearningCore.open(phone.folder, keys: phone.keys)
      #expect(try await other.reflection(id).drafts.map(\.text) == ["Five falls."])
      await other.close()
      field.text = "Six falls."
      try await phone.core.resumeCore()
      await field.settle()
      #expect(try await phone.core.answer(id) == "Six falls." && field.failure == nil)
      showing.cancel()
      await showing.value
    }

    @Test func aFieldThatIsTypedInWhileTheCoreIsAwayTakesItUpAgain() async throws {
      let (phone, id, field) = try await field(saying: "Four falls.")
      await phone.core.suspendCore()
      field.text = "And one more."
      let showing = Task { await field.show() }
      try await Task.sleep(for: .milliseconds(100))
      #expect(!field.isLoaded && field.text == "And one more.")
      showing.cancel()
      try await phone.core.resumeCore()
      await showing.value
      #expect(try await phone.core.answer(id) == "Four falls.\nAnd one more.")
    }

    @Test func aSaveThatFailsKeepsTheTextAndSaysWhy() async throws {
      let (phone, id, field) = try await field()
      let showing = try await shown(field)
      let long = String(repeating: "a", count: 300_000)
      field.text = long
      await field.settle()
      guard case .tooLarge = field.failure else { return unexpected(field.failure) }
      #expect(field.text == long)
      field.text = "Shorter."
      await field.settle()
      try await until { field.failure == nil }
      #expect(try await phone.core.answer(id) == "Shorter.")
      showing.cancel()
      await showing.value
    }

    @Test func aFieldThatWasClosedIsTakenUpByTheNextKey() async throws {
      let (phone, id, field) = try await field(saying: "Four falls.")
      let showing = try await shown(field)
      field.text = "Four falls. A"
      await field.close()
      // What arrives meanwhile is merged with what is typed on the older text.
      try await phone.core.editReflection(
        id, base: nil, edits: [.answer(prompt: "what", text: "Note: four falls. A")])
      field.text = "Four falls. A lamp."
      await field.settle()
      #expect(try await phone.core.answer(id)?.hasSuffix("alls. A lamp.") == true)
      #expect(try await phone.core.answer(id)?.hasPrefix("Note: ") == true)
      showing.cancel()
      await showing.value
    }

    @Test func aCoreThatWasClosedIsSaidToBeAndNothingIsTakenBack() async throws {
      let (phone, _, field) = try await field(saying: "Four falls.")
      let showing = try await shown(field)
      await phone.core.close()
      field.text = "Five falls."
      try await until { field.failure?.code == "closed" }
      #expect(field.text == "Five falls." && !field.isLoaded)
      showing.cancel()
      await showing.value
    }

    @Test func aDocumentThatIsGoneIsSaidToBe() async throws {
      let (phone, id, field) = try await field(saying: "Four falls.")
      try await phone.core.delete(id)
      let showing = Task { await field.show() }
      try await until { field.failure != nil }
      guard case .gone = field.failure else { return unexpected(field.failure) }
      showing.cancel()
      await showing.value
    }

    @Test func theFakeIsTypedIntoInTheSameWay() async throws {
      let core = FakeLearningCore()
      let id = try await core.createReflection(template: "what-so-what", title: "A long night")
      let field = binding(core, id)
      field.text = "Four falls."
      let showing = try await shown(field)
      field.text = "Four falls at night."
      showing.cancel()
      await showing.value
      #expect(try await core.reflection(id).reflection.answers["what"] == "Four falls at night.")
    }
  }

  @Suite struct CaretStories {
    @Test(arguments: [
      ("", "abc", 0, 0), ("abc", "", 2, 0), ("abc", "xabc", 2, 3), ("abc", "abcx", 2, 2),
      ("abc", "axbxc", 2, 3), ("abc", "bc", 2, 1), ("abc", "ac", 2, 1), ("abcd", "xy", 3, 0),
      ("a🩺c", "a🩺🩺c", 3, 4), ("aaa", "aaaa", 3, 3), ("abc", "abc", 9, 3),
      ("abc", "abc", -4, 0),
    ])
    func aPlaceStaysBehindTheLetterItStoodBehind(
      old: String, new: String, before: Int, after: Int
    ) {
      let moved = TextRange(start: before, end: before).moved(from: old, to: new)
      #expect(moved == TextRange(start: after, end: after))
    }

    @Test func aTextThatIsAnotherThroughoutTakesNoTime() {
      let old = String(repeating: "ab", count: 130_000)
      let new = String(repeating: "xyz", count: 80_000)
      let moved = TextRange(start: 5, end: 250_000).moved(from: old, to: new)
      #expect(moved == TextRange(start: 5, end: 240_000))
    }
  }
}
