import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

private let noon = Date(timeIntervalSince1970: 1_790_000_000)
private let day = CalendarDate(year: 2025, month: 11, day: 20)

/// What a core does, be it the real one or the fake: each of these is shown of both.
struct Behaviour: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let check: @Sendable (Subject) async throws -> Void

  init(_ description: String, _ check: @escaping @Sendable (Subject) async throws -> Void) {
    (testDescription, self.check) = (description, check)
  }

  static var all: [Behaviour] {
    reflections + documents + projects + plans + takingPart + ofAYear + answering + joining + lives
  }
}

/// A core of a trainee who has heard of a colleague, and the colleague's.
struct Subject: Sendable {
  let core: any LearningCoreProtocol
  let other: any LearningCoreProtocol
  let colleague: PersonId
  /// A document that is not here.
  let missing: DocumentId
  /// What this person says the aim of a plan goes to, and what the colleague says meanwhile.
  let atOnce: @Sendable (_ plan: DocumentId, _ mine: String, _ theirs: String) async throws -> Void

  /// Both hear of each other.
  func meet() async throws {
    for _ in 0..<2 {
      for each in [core, other] { try await each.syncAndJoin() }
    }
  }

  func reflect(_ text: String, title: String = "A long night") async throws -> DocumentId {
    let id = try await core.createReflection(template: "what-so-what", title: title)
    let edits = [ReflectionEdit.answer(prompt: "what", text: text)]
    try await core.editReflection(id, base: nil, edits: edits)
    return id
  }

  /// The core, a plan in it, and a measure in that.
  func measured() async throws -> (any LearningCoreProtocol, DocumentId, ItemId) {
    let (plan, measure) = (
      try await core.createProject(title: "Falls on ward 7"), try await core.newItemId()
    )
    try await core.editProject(plan, base: nil, edits: Measure(name: "Falls").adding(measure))
    return (core, plan, measure)
  }

  func answer(_ id: DocumentId) async throws -> String? {
    try await core.reflection(id).reflection.answers["what"]
  }
}

extension Stories {
  @Suite struct BehaviourStories {
    @Test(arguments: Behaviour.all) func theRealCore(_ behaviour: Behaviour) async throws {
      let world = try await World()
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      let missing = try await ben.core.reflect("Ben's own.")
      try await behaviour.check(
        Subject(core: ana.core, other: ben.core, colleague: ben.person, missing: missing) {
          plan, mine, theirs in
          try await ana.core.addMember(plan, person: ben.person, right: .edit)
          try await meet(ana, ben)
          try await ana.core.editProject(plan, base: nil, edits: [.aim(edit: .to(mine))])
          try await ben.core.editProject(plan, base: nil, edits: [.aim(edit: .to(theirs))])
          try await meet(ana, ben)
        })
    }

    @Test(arguments: Behaviour.all) func theFake(_ behaviour: Behaviour) async throws {
      let missing = DocumentId(rawValue: "document-0")
      let core = FakeLearningCore()
      let bens = core.core(of: .ben)
      try await behaviour.check(
        Subject(core: core, other: bens, colleague: Person.ben.id, missing: missing) {
          plan, mine, theirs in
          let edit = ProjectEdit.aim(edit: .to(mine))
          try await core.editProject(plan, base: nil, edits: [edit])
          let values = [
            SetValue(text: theirs, by: Person.ben.devices.first),
            SetValue(text: mine, by: Person.ana.devices.first),
          ]
          try await core.dispute(plan, Disagreement(path: edit.path ?? "", values: values))
        })
    }
  }
}

extension Behaviour {
  private static var reflections: [Behaviour] {
    [
      Behaviour("a reflection is begun and written in") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id)
        #expect(shown.id == id && shown.reflection.title == "A long night")
        #expect(shown.reflection.template == "what-so-what" && shown.drafts.isEmpty)
        #expect(shown.reflection.answers == ["what": "Four falls."])
        let version = try await core.editReflection(
          id, base: shown.version,
          edits: [.title(title: "A short one"), .addTag(tag: .domain("sys"))])
        let edited = try await core.reflection(id)
        #expect(edited.version == version && version != shown.version)
        #expect(edited.reflection.title == "A short one")
        #expect(edited.reflection.tags == [.domain("sys")])
      },
      Behaviour("reflections are listed, changed last first") { subject in
        let first = try await subject.reflect("One.", title: "First")
        let second = try await subject.reflect("Two.", title: "Second")
        #expect(try await subject.core.reflections().map(\.id) == [second, first])
        let edits = [ReflectionEdit.title(title: "Last")]
        try await subject.core.editReflection(first, base: nil, edits: edits)
        let listed = try await subject.core.reflections()
        #expect(listed.map(\.title) == ["Last", "Second"])
        #expect(listed.map(\.preview) == ["One.", "Two."])
        #expect(listed.allSatisfy { $0.kind == .reflection && !$0.unsettled })
        #expect(try await subject.core.reflections(limit: 1).map(\.id) == [first])
        let refused = await error { try await subject.core.reflections(limit: -1) }
        guard case .invalidInput = refused else { return unexpected(refused) }
      },
      Behaviour("a list goes on after a place, whatever becomes of what was there") { subject in
        let (core, first) = (subject.core, try await subject.reflect("One."))
        let (second, third) = (try await subject.reflect("Two."), try await subject.reflect("3."))
        let places = try await core.reflections().map(\.position)
        #expect(try await core.reflections(after: places[0], limit: 1).map(\.id) == [second])
        try await core.delete(third)
        let rest = try await core.reflections(after: places[0], limit: 5)
        #expect(rest.map(\.id) == [second, first])
        try await core.editReflection(second, base: nil, edits: [.title(title: "On top")])
        #expect(try await core.reflections().map(\.id) == [second, first])
        #expect(try await core.reflections(after: places[1], limit: 5).map(\.id) == [first])
        #expect(try await core.reflections(after: places[2], limit: 5).isEmpty)
      },
      Behaviour("each list says whether there is more of it") { subject in
        let core = subject.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        for number in 0..<3 { _ = try await subject.reflect("It fell.", title: "Night \(number)") }
        for (limit, more) in [0: true, 2: true, 3: false, 4: false] {
          #expect(try await core.reflections(limit: limit).more == more, "\(limit)")
        }
        let places = try await core.reflections(limit: 2).map(\.position)
        #expect(try await core.reflections(after: places[0], limit: 1).more)
        #expect(try await !core.reflections(after: places[1], limit: 1).more)
        #expect(try await !core.projects(limit: 1).more)
        #expect(try await core.search("night", limit: 2).more)
        #expect(try await !core.search("night", limit: 3).more)
        #expect(try await !core.search("night", offset: 1, limit: 2, order: .best).more)
        #expect(try await core.sittings(plan, limit: 0).more)
        #expect(try await !core.sittings(plan, limit: 10).more)
      },
      Behaviour("a list says how far each document has come") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        #expect(try await core.reflections().map(\.stage) == [.saved])
        try await core.sync()
        #expect(try await core.reflections().map(\.stage) == [.stored])
        let shown = try await core.reflection(id).version
        try await core.autosave(id, field: .answer("what"), base: shown, text: "Five falls.")
        let listed = try await core.reflections()
        #expect(listed.map(\.stage) == [.saved] && listed.allSatisfy(\.unsettled))
        #expect(try await core.status(id).stage == .saved && !listed.contains(where: \.quarantined))
      },
      Behaviour("a copy is shared as the reflection stands, and stays so") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let copy = try await core.shareReflection(id, with: subject.colleague)
        let edits = [ReflectionEdit.answer(prompt: "what", text: "Five falls.")]
        try await core.editReflection(id, base: nil, edits: edits)
        #expect(try await core.sharedReflection(copy).copy.answers == ["what": "Four falls."])
        #expect(try await core.sharedByMe().map(\.id) == [copy])
        #expect(try await core.sharedWithMe().isEmpty)
        let copies = try await core.reflection(id).reflection.copies
        #expect(copies.map(\.document) == [copy] && copies.map(\.with) == [subject.colleague])
        let readers = try await core.readers(id)
        #expect(readers.map(\.right) == [.own, .comment])
        #expect(readers.last?.person.id == subject.colleague)
      },
    ]
  }

  private static var documents: [Behaviour] {
    [
      Behaviour("what is typed is a draft until it is settled") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        try await core.autosave(id, field: .answer("what"), base: shown, text: "Five falls.")
        let typed = try await core.reflection(id)
        #expect(typed.drafts.map(\.text) == ["Five falls."] && typed.version == shown)
        #expect(typed.reflection.answers["what"] == "Five falls.", "a screen shows what was typed")
        #expect(try await core.unsettled() == [id])
        let settled = try await core.settle(id)
        #expect(try await core.reflection(id).version == settled && settled != shown)
        #expect(try await core.unsettled().isEmpty)
        #expect(try await core.settle(id) == settled, "there is nothing more to settle")
      },
      Behaviour("a text that is too long is kept and is not settled") { subject in
        let (core, id) = (subject.core, try await subject.reflect(""))
        let shown = try await core.reflection(id).version
        let long = String(repeating: "x", count: 300_000)
        let refused = await error {
          try await core.autosave(id, field: .answer("what"), base: shown, text: long)
        }
        guard case .tooLarge(262_144, "text_too_long", _) = refused else {
          return unexpected(refused)
        }
        let unsettled = await error { try await core.settle(id) }
        guard case .tooLarge = unsettled else { return unexpected(unsettled) }
        let isKept = try await core.reflection(id).drafts.map(\.text) == [long]
        #expect(isKept)
      },
      Behaviour("a field of text settles what is typed, and takes nothing once closed") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        let typing = core.typing(
          id, field: .answer("what"), base: shown, pause: .milliseconds(50))
        #expect(typing.typed("Five falls."))
        try await typing.flush()
        try await wait { try await core.unsettled().isEmpty }
        #expect(try await subject.answer(id) == "Five falls.")
        #expect(typing.failure == nil && !typing.hasNewer)
        typing.typed("Six falls.")
        try await typing.close()
        #expect(!typing.typed("Seven falls."))
        #expect(try await subject.answer(id) == "Six falls.")
      },
      Behaviour("a field of text hands out what was written elsewhere") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        let typing = core.typing(id, field: .answer("what"), base: shown, pause: .seconds(600))
        let edits = [ReflectionEdit.answer(prompt: "what", text: "Five falls.")]
        try await core.editReflection(id, base: nil, edits: edits)
        for await _ in typing.arrivals { break }
        #expect(typing.refresh() == "Five falls." && !typing.hasNewer)
      },
      Behaviour("words are found by their beginnings, in capitals or not") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls in one night."))
        _ = try await subject.reflect("Nothing of note.", title: "A short day")
        for query in ["falls", "FOUR nig", "long"] {
          let target = HitTarget.document(id: id, kind: .reflection)
          #expect(try await core.search(query).map(\.target) == [target], "\(query)")
        }
        #expect(try await core.search("pharmacist").isEmpty)
        #expect(try await core.search("").isEmpty)
      },
      Behaviour("what was deleted is gone, and says so") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        try await core.delete(id)
        #expect(try await core.reflections().isEmpty)
        #expect(try await core.search("falls").isEmpty)
        let refused = await error { try await core.reflection(id) }
        guard case .gone(.reflection, id, .deleted, "deleted", _) = refused else {
          return unexpected(refused)
        }
        let again = await error { try await core.delete(id) }
        guard case .gone = again else { return unexpected(again) }
      },
      Behaviour("what is not here is not found") { subject in
        let (core, missing) = (subject.core, subject.missing)
        for refused in [
          await error { try await core.reflection(missing) },
          await error { try await core.project(missing) },
          await error { try await core.sharedReflection(missing) },
          await error { try await core.editReflection(missing, base: nil, edits: []) },
          await error { try await core.shareReflection(missing, with: subject.colleague) },
          await error { try await core.settle(missing) },
          await error { try await core.status(missing) },
          await error { try await core.readers(missing) },
          await error { try await core.delete(missing) },
        ] {
          guard case .notFound(_, missing.rawValue, "not_found", _) = refused else {
            return unexpected(refused)
          }
        }
        let module = await error { try await core.module("pop") }
        guard case .notFound(.pack, _, _, _) = module else { return unexpected(module) }
      },
    ]
  }

  private static var projects: [Behaviour] {
    [
      Behaviour("a project grows, and is read as it was") { subject in
        let core = subject.core
        let id = try await core.createProject(title: "Falls on ward 7", topic: "sys")
        let begun = try await core.project(id).version
        let (cycle, measure) = (try await core.newItemId(), try await core.newItemId())
        #expect(cycle != measure)
        let falls = Measure(name: "Falls", definition: "Each fall", unit: .count)
        let move = StatusMove(to: .testing, at: noon, note: "The first pair is bought.")
        let moved = StatusMoveItem(id: try await core.newItemId(), step: move)
        try await core.editProject(
          id, base: begun,
          edits: [
            .section(section: .problem, text: "Too many falls."),
            .move(id: moved.id, to: .testing, at: noon, note: move.note),
          ] + falls.adding(measure) + PdsaCycle(changeIdea: "Slippers with soles").adding(cycle))
        let project = try await core.project(id).project
        #expect(project.sections[.problem] == "Too many falls." && project.status == .testing)
        #expect(project.measures.map(\.measure) == [falls])
        #expect(project.cycles.map(\.cycle) == [PdsaCycle(changeIdea: "Slippers with soles")])
        #expect(project.moves == [moved])
        #expect(try await core.projects().map(\.title) == ["Falls on ward 7"])
        #expect(try await core.history(id).count == 2)
        #expect(try await core.projectAt(id, version: begun).cycles.isEmpty)
        let parts = try await core.textAuthors(id, field: .section(.problem))
        #expect(parts.map(\.text).joined() == "Too many falls.")
        let idea = try await core.textAuthors(id, field: .item(CycleText.changeIdea.of(cycle)))
        #expect(idea.map(\.text).joined() == "Slippers with soles")
      },
      Behaviour("people take part in a project, and say something about it") { subject in
        let core = subject.core
        let id = try await core.createProject(title: "Falls on ward 7")
        try await core.addMember(id, person: subject.colleague, right: .edit)
        #expect(try await core.project(id).members.map(\.right) == [.own, .edit])
        #expect(try await core.project(id).myRight == .own)
        let comment = try await core.comment(id, body: "Who buys them?", anchor: "problem")
        try await core.editComments(id, edits: [.rewrite(id: comment, body: "Who pays?")])
        let comments = try await core.project(id).comments
        #expect(comments.map(\.comment.body) == ["Who pays?"] && comments.allSatisfy(\.mine))
        try await core.editComments(id, edits: [.takeBack(id: comment, at: .now)])
        #expect(try await core.project(id).comments.isEmpty)
        try await core.editComments(id, edits: [.putBack(id: comment)])
        #expect(try await core.project(id).comments == comments)
        try await core.removeMember(id, person: subject.colleague)
        #expect(try await core.project(id).members.map(\.right) == [.own])
      },
      Behaviour("a project needs a title") { subject in
        let refused = await error { try await subject.core.createProject(title: "") }
        guard case .invalidInput(.title, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("a session is in the learning log until it is removed") { subject in
        // A moment of now, rounded to the millisecond, can lie ahead of the core's clock.
        let start = Date(timeIntervalSinceNow: -3600)
        let session = NewSession(
          title: "Falls clinic", activity: nil, module: nil, start: start, minutes: 60, kind: .core
        )
        let id = try await subject.core.addSession(session)
        let log = try await subject.core.learningLog()
        #expect(log.sessions.map(\.id) == [id] && log.count.core == 60)
        try await subject.core.removeSession(id)
        try await subject.core.removeSession(id)
        #expect(try await subject.core.learningLog().sessions.isEmpty)
      },
    ]
  }

  private static var plans: [Behaviour] {
    [
      Behaviour("one field of a thing is corrected, and the others stay") { subject in
        let (core, plan, measure) = try await subject.measured()
        let seen = try await core.newItemId()
        let count = MeasureObservation(
          measure: measure, at: day, value: .number(thousandths: 4_000), source: "Incident forms")
        try await core.editProject(plan, base: nil, edits: count.adding(seen))
        let value = ObservedValue.number(thousandths: 5_000)
        let edit = ProjectEdit.observation(id: seen, edit: .value(value))
        try await core.editProject(plan, base: nil, edits: [edit])
        let observations = try await core.project(plan).project.observations
        #expect(observations.map(\.observation.value) == [value])
        #expect(observations.map(\.observation.source) == ["Incident forms"])
      },
      Behaviour("what is taken back is kept, and comes back with all it says") { subject in
        let (core, plan, measure) = try await subject.measured()
        let before = try await core.project(plan).project
        let takingBack = ProjectEdit.takeBack(noun: .measure, id: measure, at: noon)
        try await core.editProject(plan, base: nil, edits: [takingBack])
        let without = try await core.project(plan).project
        let thing = TakenBack(noun: .measure, label: "Falls", at: noon)
        #expect(without.measures.isEmpty)
        #expect(without.takenBack == [TakenBackItem(id: measure, thing: thing)])
        let puttingBack = ProjectEdit.putBack(noun: .measure, id: measure)
        try await core.editProject(plan, base: nil, edits: [puttingBack])
        #expect(try await core.project(plan).project == before)
      },
      Behaviour("what lacks what it needs is not shown until it has it") { subject in
        let (core, plan, measure) = try await subject.measured()
        let target = MeasureTarget(measure: measure, from: day, value: .number(thousandths: 1_000))
        let edits = target.adding(try await core.newItemId())
        try await core.editProject(plan, base: nil, edits: edits.dropLast())
        #expect(try await core.project(plan).project.targets.isEmpty)
        try await core.editProject(plan, base: nil, edits: edits.suffix(1))
        #expect(try await core.project(plan).project.targets.map(\.target) == [target])
      },
      Behaviour("what is not in a plan cannot be edited") { subject in
        let (core, plan, _) = try await subject.measured()
        let never = try await core.newItemId()
        for edit in [
          ProjectEdit.driver(id: never, edit: .name("Staffing")),
          .takeBack(noun: .driver, id: never, at: noon),
        ] {
          let refused = await error { try await core.editProject(plan, base: nil, edits: [edit]) }
          guard case .notFound = refused else { return unexpected(refused) }
        }
      },
      Behaviour("a field that two set at once shows both until one of them settles it") { subject in
        let (core, plan, _) = try await subject.measured()
        try await subject.atOnce(plan, "3", "2")
        let settling = ProjectEdit.aim(edit: .to("2"))
        let project = try await core.project(plan).project
        let people = try await core.people() + [core.account()?.person].compactMap { $0 }
        #expect(project.disagreements.map(\.path) == [settling.path])
        let values = project.disagreements.flatMap(\.values)
        #expect(values.last?.text == project.aim.to)
        let said = values.map { value in
          let author = people.first { $0.devices.contains { $0 == value.by } }
          return "\(author?.name ?? "nobody"): \(value.text)"
        }
        #expect(said.sorted() == ["Dr Ana Ruiz: 3", "Dr Ben Okoro: 2"])
        try await core.editProject(plan, base: nil, edits: [settling])
        #expect(try await core.project(plan).project.disagreements.isEmpty)
        #expect(try await core.project(plan).project.aim.to == "2")
      },
      Behaviour("an aim that goes the wrong way, or is late, is refused with words") { subject in
        let (core, plan, _) = try await subject.measured()
        let past = CalendarDate(year: 2020, month: 1, day: 1)
        for (aim, words) in [
          (
            Aim(direction: .increase, from: "60", to: "10"),
            "an aim to increase does not go from 60 to 10"
          ), (Aim(byDate: past), "the aim ends on 2020-01-01"),
        ] {
          let refused = await error {
            try await core.editProject(plan, base: nil, edits: aim.edits)
          }
          guard case .invalidInput(.edit, _, let reason) = refused else {
            return unexpected(refused)
          }
          #expect(reason.contains(words), "\(reason)")
        }
        #expect(try await core.project(plan).project.aim == Aim())
        let aim = Aim(direction: .decrease, from: "60", to: "10")
        try await core.editProject(plan, base: nil, edits: aim.edits)
        #expect(try await core.project(plan).project.aim == aim)
      },
      Behaviour("a plan is completed with what came of it") { subject in
        let (core, plan, _) = try await subject.measured()
        let move = try await core.newItemId()
        let done = { ProjectEdit.move(id: move, to: .completed, at: noon, note: $0) }
        let refused = await error {
          try await core.editProject(plan, base: nil, edits: [done(" ")])
        }
        guard case .invalidInput(.edit, _, let reason) = refused else { return unexpected(refused) }
        #expect(reason.contains("say what came of it"), "\(reason)")
        try await core.editProject(plan, base: nil, edits: [done("Two falls a week, not four.")])
        #expect(try await core.project(plan).project.status == .completed)
      },
      Behaviour("ticks of a tally sheet are those of each device") { subject in
        let (core, plan, measure) = try await subject.measured()
        let sheet = try await core.newItemId()
        guard let device = try await core.account()?.device else { return }
        let empty = TallySheet(measure: measure, at: day)
        try await core.editProject(plan, base: nil, edits: empty.adding(sheet))
        for seen in 1...3 {
          let ticks = DeviceCount(
            device: device, value: .ratio(numerator: seen / 2, denominator: seen))
          let edit = ProjectEdit.tally(id: sheet, edit: .ticks(ticks))
          try await core.editProject(plan, base: nil, edits: [edit])
        }
        let tallies = try await core.project(plan).project.tallies
        #expect(tallies.map(\.tally.ticks) == [[device: .ratio(numerator: 1, denominator: 3)]])
        let ticked = try await core.tick(plan, tally: sheet, numerator: 1, denominator: 2)
        #expect(ticked == .ratio(numerator: 2, denominator: 5))
      },
      Behaviour("a plan says what it still lacks") { subject in
        let (core, plan, _) = try await subject.measured()
        let lacks = try await core.planChecks(plan).filter { !$0.met }.map(\.check)
        #expect(lacks == PlanCheckKind.allCases.filter { $0 != .outcomeMeasure })
        let check = try await core.planChecks(plan).first { $0.check == .predictions }
        #expect(check?.sentence == PlanCheckKind.predictions.sentence && check?.part == .cycles)
        let cycle = PdsaCycle(prediction: "Nobody falls.")
        let edits = cycle.adding(try await core.newItemId())
        try await core.editProject(plan, base: nil, edits: edits)
        #expect(try await core.planChecks(plan).contains { $0.check == .predictions && $0.met })
      },
      Behaviour("a recipe begins another plan with the same structure") { subject in
        let (core, plan, measure) = try await subject.measured()
        let seen = MeasureObservation(measure: measure, at: day, value: .number(thousandths: 4_000))
        let edits = seen.adding(try await core.newItemId())
        try await core.editProject(plan, base: nil, edits: edits)
        #expect(try await core.recipes().isEmpty)
        let recipe = RecipeSource.text(try await core.recipe(plan))
        let other = try await core.createProjectFrom(recipe, title: "", setting: "Ward 8")
        let begun = try await core.project(other).project
        #expect(begun.title == "Falls on ward 7" && begun.setting == "Ward 8")
        #expect(begun.measures.map(\.measure) == [Measure(name: "Falls")])
        #expect(begun.observations.isEmpty)
        let unknown = await error { try await core.createProjectFrom(.pack("never")) }
        guard case .notFound = unknown else { return unexpected(unknown) }
        let refused = await error { try await core.createProjectFrom(.text("never")) }
        guard case .invalidInput(.recipe, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("a measure has a chart, and a plan a page that is verified") { subject in
        let (core, plan, measure) = try await subject.measured()
        for week in 0..<3 {
          let at = CalendarDate(year: 2025, month: 11, day: 3 + 7 * week)
          let seen = MeasureObservation(
            measure: measure, at: at, value: .number(thousandths: Int64(4 - week) * 1_000))
          let edits = seen.adding(try await core.newItemId())
          try await core.editProject(plan, base: nil, edits: edits)
        }
        let chart = try await core.chart(plan, measure: measure)
        #expect(chart.title.contains("Falls") && chart.svg.hasPrefix("<svg"))
        #expect(chart.points.map(\.value) == [4, 3, 2] && chart.phases.count == 1)
        let unknown = await error { try await core.chart(plan, measure: core.newItemId()) }
        guard case .notFound(.measure, _, _, _) = unknown else { return unexpected(unknown) }

        let page = try await core.projectPage(plan)
        #expect(try await core.verifyPage(page) == .agrees(project: plan))
        try await core.editProject(plan, base: nil, edits: [.title(title: "Falls at night")])
        #expect(try await core.verifyPage(page) == .outdated(project: plan, changes: 1))
        let refused = await error { try await core.verifyPage("<p>Not a page</p>") }
        guard case .invalidInput(.page, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("what was done is told newest first, in words") { subject in
        let (core, plan, _) = try await subject.measured()
        let told = try await core.sittings(plan)
        let first = try #require(told.last)
        #expect(first.sentences.contains("began the plan"), "\(first.sentences)")
        #expect(try await core.account()?.person == first.by)
        #expect(try await core.project(plan).version == told.first?.version)
        #expect(try await core.sittings(plan, before: first.version, limit: 5).isEmpty)
      },
      Behaviour("a text of a thing is typed as any other") { subject in
        let (core, plan, _) = try await subject.measured()
        let driver = try await core.newItemId()
        let edits = Driver(name: "Light").adding(driver)
        let base = try await core.editProject(plan, base: nil, edits: edits)
        let field = DraftField.item(DriverText.name.of(driver))
        try await core.autosave(plan, field: field, base: base, text: "Light at night")
        let shown = Driver(name: "Light at night")
        #expect(try await core.project(plan).project.drivers.map(\.driver) == [shown])
        try await core.settle(plan)
        #expect(try await core.project(plan).project.drivers.map(\.driver) == [shown])
        #expect(try await core.search("night").count == 1)
      },
    ]
  }

  private static var lives: [Behaviour] {
    [
      Behaviour("a sync brings everything to the server") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        #expect(try await core.account()?.person.name == "Dr Ana Ruiz")
        #expect(try await core.people().contains { $0.id == subject.colleague })
        #expect(try await core.status(id).stage == .saved)
        #expect(try await core.syncState().waitingEntries > 0)
        #expect(try await core.sync().waiting == 0)
        #expect(try await core.status(id).stage == .stored)
        #expect(try await core.syncState().waitingEntries == 0)
        #expect(try await core.syncState().lastSuccess != nil)
      },
      Behaviour("kept in sync, what is written is sent until the task is cancelled") { subject in
        let keeping = Task { try await subject.core.keepInSync() }
        let id = try await subject.reflect("Four falls.")
        try await wait { try await subject.core.status(id).stage == .stored }
        keeping.cancel()
        await #expect(throws: CancellationError.self) { try await keeping.value }
      },
      Behaviour("a screen is told of every change") { subject in
        var shown = subject.core.watchReflections().makeAsyncIterator()
        #expect(try await shown.next()?.count == 0)
        let id = try await subject.core.createReflection(template: "gibbs", title: "One")
        #expect(try await shown.next()?.map(\.id) == [id])
        let changes = subject.core.changes
        try await subject.core.delete(id)
        #expect(try await shown.next()?.isEmpty == true)
        for await change in changes {
          #expect(change.topics.contains { $0.topic == .documents && $0.documents == [id] })
          break
        }
      },
      Behaviour("a core that is suspended answers again when it is resumed") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id).version
        let typing = core.typing(id, field: .answer("what"), base: shown, pause: .seconds(600))
        await core.suspendCore()
        let refused = await error { try await core.reflection(id) }
        guard case .suspended("suspended", _) = refused else { return unexpected(refused) }
        typing.typed("Five falls.")
        try await core.resumeCore()
        try await core.resumeCore()
        #expect(try await subject.answer(id) == "Five falls.")
      },
      Behaviour("a core that is closed answers nothing, and its streams end") { subject in
        let (core, changes) = (subject.core, subject.core.changes)
        await core.close()
        await core.close()
        for refused in [
          await error { try await core.account() }, await error { try await core.resumeCore() },
          await error { try await core.sync() },
        ] {
          guard case .suspended("closed", _) = refused else { return unexpected(refused) }
        }
        for await _ in changes { Issue.record("a closed core tells of changes") }
        for await _ in core.changes { Issue.record("a closed core tells of changes") }
      },
    ]
  }
}
