import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  @Suite final class TypingStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    /// A phone with a reflection, and a person about to type in it.
    private func typing(
      pause: Duration = .seconds(600)
    ) async throws -> (phone: Phone, id: DocumentId, typing: Typing) {
      let phone = try await world.trainee()
      let id = try await phone.core.reflect("")
      let shown = try await phone.core.reflection(id).version
      let typing = phone.core.typing(id, field: .answer("what"), base: shown, pause: pause)
      return (phone, id, typing)
    }

    @Test func theNewestTextIsOnTheDiskWhenFlushReturns() async throws {
      let (phone, id, typing) = try await typing()
      await Self.typeFromTheMainThread("Four falls in one night.", into: typing)
      try await typing.flush()
      let core = try await phone.openAgain()
      let view = try await core.reflection(id)
      #expect(view.drafts.map(\.text) == ["Four falls in one night."])
      #expect(try await core.unsettled() == [id])
    }

    @MainActor @Test func whatWasAskedFirstIsDoneFirstHoweverUrgent() async throws {
      let core = try await world.trainee().core
      let changes = core.changes
      let asked = Heard<Int>()
      let saves = (0..<100).map { number in
        Task(priority: number.isMultiple(of: 2) ? .background : .high) { @MainActor in
          asked.append(number)
          return (number, try await core.createReflection(template: "gibbs", title: "\(number)"))
        }
      }
      var ids: [Int: DocumentId] = [:]
      for save in saves {
        let (number, id) = try await save.value
        ids[number] = id
      }
      await core.close()
      var done: [DocumentId] = []
      for await change in changes {
        done += change.topics.filter { $0.topic == .documents }.flatMap(\.documents)
      }
      #expect(done == asked.all.map { ids[$0] })
    }

    @Test func afterAPauseWhatWasTypedIsPartOfTheDocument() async throws {
      let (phone, id, typing) = try await typing(pause: .milliseconds(300))
      typing.typed("Four")
      try await typing.flush()
      #expect(try await phone.core.unsettled() == [id], "not yet")
      typing.typed("Four falls.")
      try await wait { try await phone.core.unsettled().isEmpty }
      #expect(try await phone.core.answer(id) == "Four falls.")
      #expect(typing.failure == nil)
    }

    @Test func whatIsTypedOnAfterItWasSettledIsNotWrittenTwice() async throws {
      let (phone, id, typing) = try await typing()
      for text in ["Four", "Four falls", "Four falls, and nobody", "Three falls, and nobody knew."]
      {
        typing.typed(text)
        try await typing.settle()
        #expect(try await phone.core.answer(id) == text)
      }
      try await typing.close()
      #expect(try await phone.core.unsettled().isEmpty)
    }

    @Test func severalFieldsOfADocumentAreTypedInTurn() async throws {
      let (phone, id, what) = try await typing()
      let shown = try await phone.core.reflection(id).version
      let soWhat = phone.core.typing(
        id, field: .answer("so-what"), base: shown, pause: .seconds(600))
      for (first, second) in [("a", "x"), ("ab", "xy"), ("abc", "xyz")] {
        what.typed(first)
        soWhat.typed(second)
        try await what.settle()
      }
      try await phone.core.settle(id)
      what.typed("abcd")
      soWhat.typed("xyz.")
      try await what.close()
      try await soWhat.close()
      #expect(try await phone.core.answer(id) == "abcd")
      #expect(try await phone.core.answer(id, to: "so-what") == "xyz.")
    }

    @Test func typingOnDoesNotUndoWhatArrivedMeanwhile() async throws {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      let project = try await ana.core.createProject(title: "Falls")
      try await ana.core.write("Some fall at night.", in: .problem, of: project)
      try await ana.core.addMember(project, person: ben.person, right: .edit)
      try await ana.core.sync()
      try await ben.core.syncAndJoin()

      let shown = try await ana.core.project(project).version
      let typing = ana.core.typing(project, field: .section(.problem), base: shown)
      typing.typed("Some fall at night, and")
      try await typing.flush()
      try await ben.core.write("Some people fall at night.", in: .problem, of: project)
      try await ben.core.sync()
      try await ana.core.sync()
      try await typing.settle()
      typing.typed("Some fall at night, and nobody counts them.")
      try await typing.close()
      try await ana.core.sync()
      try await ben.core.sync()
      let both = "Some people fall at night, and nobody counts them."
      #expect(try await ana.core.section(.problem, of: project) == both)
      #expect(try await ben.core.section(.problem, of: project) == both)
    }

    @Test func whatIsBeingTypedIsSharedToo() async throws {
      let (ana, id, typing) = try await typing()
      let ben = try await world.supervisor()
      try await ana.core.sync()
      typing.typed("Four falls.")
      let copy = try await ana.core.shareReflection(id, with: ben.person)
      #expect(try await ana.core.sharedReflection(copy).copy.answers["what"] == "Four falls.")
      typing.typed("Four falls. Then five.")
      try await typing.close()
      #expect(try await ana.core.answer(id) == "Four falls. Then five.")
    }

    @Test func aTextThatIsTooLongIsKeptAndThePersonIsToldUntilItFits() async throws {
      let (phone, id, typing) = try await typing()
      let heard = Heard<String?>()
      let hearing = Task {
        for await failure in typing.failures { heard.append(failure?.reason) }
      }
      try await wait { heard.all.count == 1 }
      let long = String(repeating: "x", count: 300_000)
      typing.typed(long)
      try await typing.flush()
      guard case .tooLarge(let limit, let field, let over, _, _) = typing.failure else {
        return unexpected(typing.failure)
      }
      #expect(limit == 262_144 && over == 37_856 && field == .answer("what"))
      try await wait { heard.all.count == 2 }
      let refused = await error { try await typing.settle() }
      guard case .tooLarge = refused else { return unexpected(refused) }
      let isKept = try await phone.core.reflection(id).drafts.map(\.text) == [long]
      #expect(isKept)
      typing.typed("It fits.")
      try await typing.close()
      #expect(try await phone.core.answer(id) == "It fits.")
      try await wait { heard.all.count == 3 }
      #expect(heard.all.map { $0 == nil } == [true, false, true])
      hearing.cancel()
    }

    @Test func suspendingSavesWhatWasTypedJustBefore() async throws {
      let (phone, id, typing) = try await typing()
      let changes = phone.core.changes
      let busy = (0..<500).map { _ in
        Task { try await phone.core.createReflection(template: "gibbs") }
      }
      _ = await changes.first { _ in true }
      await Self.typeFromTheMainThread("Four falls in one night.", into: typing)
      await phone.core.suspendCore()
      for task in busy { _ = await task.result }
      let core = try await LearningCore.open(phone.folder, keys: phone.keys)
      #expect(try await core.answer(id) == "Four falls in one night.")
    }

    @Test func whatIsTypedWhileTheCoreIsSuspendedIsSavedWhenItIsBack() async throws {
      let (phone, id, typing) = try await typing()
      await phone.core.suspendCore()
      typing.typed("Four falls.")
      let refused = await error { try await typing.flush() }
      guard case .suspended = refused else { return unexpected(refused) }
      guard case .suspended = typing.failure else { return unexpected(typing.failure) }
      try await phone.core.resumeCore()
      #expect(typing.failure == nil)
      #expect(try await phone.core.answer(id) == "Four falls.")
    }

    @Test func aScreenThatForgetsToCloseLosesNothing() async throws {
      let phone: Phone
      let id: DocumentId
      do {
        let typing: Typing
        (phone, id, typing) = try await self.typing(pause: .milliseconds(100))
        typing.typed("Four falls.")
      }
      try await wait {
        let (text, unsettled) = (try await phone.core.answer(id), try await phone.core.unsettled())
        return text == "Four falls." && unsettled.isEmpty
      }
    }

    @Test func whatWasTypedAndTakenBackLeavesNothing() async throws {
      let (phone, id, typing) = try await typing()
      typing.typed("Mrs")
      try await typing.flush()
      typing.typed("")
      try await typing.close()
      #expect(try await phone.core.unsettled().isEmpty)
      #expect(try await phone.core.answer(id) ?? "" == "")
    }

    @Test func aFieldThatWasClosedTakesNothingMore() async throws {
      let (phone, id, typing) = try await typing()
      #expect(typing.typed("Four falls."))
      try await typing.close()
      try await typing.close()
      #expect(!typing.typed("Five falls."))
      #expect(try await phone.core.answer(id) == "Four falls.")
      #expect(try await phone.core.unsettled().isEmpty)
      let shown = try await phone.core.reflection(id).version
      await phone.core.close()
      let late = phone.core.typing(id, field: .answer("what"), base: shown)
      #expect(!late.typed("Six falls."))
    }

    @Test func aFieldThatWasClosedWhileTheCoreIsSuspendedIsSettledWhenItIsBack() async throws {
      let phone: Phone
      let id: DocumentId
      do {
        let typing: Typing
        (phone, id, typing) = try await self.typing()
        await phone.core.suspendCore()
        typing.typed("Four falls.")
        let refused = await error { try await typing.close() }
        guard case .suspended = refused else { return unexpected(refused) }
      }
      try await phone.core.resumeCore()
      try await wait { try await phone.core.unsettled().isEmpty }
      #expect(try await phone.core.answer(id) == "Four falls.")
    }

    @Test func whatAnotherPersonWritesIsShownWhenNothingTypedIsUnsettled() async throws {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      let project = try await ana.core.createProject(title: "Falls")
      try await ana.core.addMember(project, person: ben.person, right: .edit)
      let shown = try await ana.core.project(project).version
      let typing = ana.core.typing(
        project, field: .section(.problem), base: shown, pause: .seconds(600))
      typing.others(present: true)
      typing.typed("She fell.")
      try await wait { try await ana.core.unsettled().isEmpty }
      try await ana.core.sync()
      try await ben.core.syncAndJoin()
      try await ben.core.write("She fell. Twice.", in: .problem, of: project)
      try await ben.core.sync()
      try await ana.core.sync()
      for await _ in typing.arrivals {
        #expect(typing.refresh() == "She fell. Twice.")
        break
      }
      #expect(!typing.hasNewer)
      typing.typed("She fell. Twice. At night.")
      try await typing.settle()
      #expect(try await ana.core.section(.problem, of: project) == "She fell. Twice. At night.")
    }

    @Test func everyCourseGoesAsItDoesInKotlin() async throws {
      let courses = try Course.all()
      #expect(courses.count > 5)
      for lines in courses {
        let course = try await Course(try await world.trainee())
        for line in lines.dropFirst() {
          try await course.take(line, of: lines[0])
        }
      }
    }

    @MainActor private static func typeFromTheMainThread(_ text: String, into typing: Typing) {
      for end in text.indices { typing.typed(String(text[...end])) }
    }
  }
}

/// A course of `bindings/typing-courses.txt`, which Kotlin runs as well.
private final class Course {
  private let phone: Phone
  private let id: DocumentId
  private let typing: Typing
  private var core: LearningCore

  init(_ phone: Phone) async throws {
    (self.phone, core) = (phone, phone.core)
    id = try await phone.core.createProject(title: "Falls on ward 7")
    let shown = try await phone.core.project(id).version
    typing = phone.core.typing(id, field: .section(.problem), base: shown, pause: .seconds(600))
  }

  /// Each as its name and its lines.
  static func all() throws -> [[String]] {
    let file = URL(filePath: #filePath).appending(path: "../../../../bindings/typing-courses.txt")
    let courses = try String(contentsOf: file.standardized, encoding: .utf8)
      .components(separatedBy: "course: ").dropFirst()
    return courses.map { $0.split(separator: "\n").map(String.init) }
  }

  func take(_ line: String, of course: String) async throws {
    let (verb, rest) = (line.prefix { $0 != " " }, line.drop { $0 != " " }.dropFirst())
    let text = rest == "long" ? String(repeating: "x", count: 300_000) : String(rest)
    switch verb {
    case "type", "refused":
      if typing.typed(text) != (verb == "type") { Issue.record("\(course): \(line)") }
    case "flush": try await typing.flush()
    case "settle": try await typing.settle()
    case "close": try? await typing.close()
    case "suspend": await core.suspendCore()
    case "resume": try await core.resumeCore()
    case "delete": try await core.delete(id)
    case "elsewhere":
      let edits = [ProjectEdit.section(section: .problem, text: text)]
      try await core.editProject(id, base: nil, edits: edits)
    case "refresh":
      var shown: String?
      try await wait {
        shown = typing.refresh() ?? shown
        return shown == text
      }
    case "text": try await wait { try await core.section(.problem, of: id) ?? "" == text }
    case "settled": try await wait { try await core.unsettled().isEmpty }
    case "draft": try await wait { try await core.unsettled() == [id] }
    case "failure": try await wait { typing.failure.map(name) ?? "none" == text }
    case "reopen": core = try await phone.openAgain()
    default: Issue.record("no course knows \(verb)")
    }
  }

  private func name(_ error: CoreError) -> String {
    let label = Mirror(reflecting: error).children.first?.label ?? "\(error)"
    return label.prefix(1).uppercased() + label.dropFirst()
  }
}
