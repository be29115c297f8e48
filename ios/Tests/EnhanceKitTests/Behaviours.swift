import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

/// What a core does, be it the real one or the fake: each of these is shown of both.
struct Behaviour: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let check: @Sendable (Subject) async throws -> Void

  init(_ description: String, _ check: @escaping @Sendable (Subject) async throws -> Void) {
    (testDescription, self.check) = (description, check)
  }

  static var all: [Behaviour] {
    reflections + documents + projects + plans + takingPart + ofAYear + answering + joining
      + membership + afterAsking + tickets + lives + refusals + found
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
  /// The colleague leaves the programme.
  let leave: @Sendable () async throws -> Void

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

  /// Notes a placement of these days in which somebody supervises, by who they are or by name.
  func name(_ person: PersonId?, _ name: String = "") async throws {
    let (post, supervisor) = (try await core.newItemId(), try await core.newItemId())
    let month: TimeInterval = 30 * 24 * 60 * 60
    let placement = TrainingPlacement(
      organisation: "Bedford Hospital", grade: "F1",
      start: CalendarDate(Date.now.addingTimeInterval(-month)),
      end: CalendarDate(Date.now.addingTimeInterval(month)))
    let one = PlacementSupervisor(
      placement: post, name: name, person: person, role: .clinical)
    try await core.editRecord(placement.adding(post) + one.adding(supervisor))
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
        Subject(
          core: ana.core, other: ben.core, colleague: ben.person, missing: missing,
          atOnce: { plan, mine, theirs in
            try await ana.core.addMember(plan, person: ben.person, right: .edit)
            try await meet(ana, ben)
            try await ana.core.editProject(plan, base: nil, edits: [.aim(edit: .to(mine))])
            try await ben.core.editProject(plan, base: nil, edits: [.aim(edit: .to(theirs))])
            try await meet(ana, ben)
          }, leave: { try await world.server.leaver(ben.person) }))
    }

    @Test(arguments: Behaviour.all) func theFake(_ behaviour: Behaviour) async throws {
      let missing = DocumentId(rawValue: "document-0")
      let core = FakeLearningCore()
      let bens = core.core(of: .ben)
      try await behaviour.check(
        Subject(
          core: core, other: bens, colleague: Person.ben.id, missing: missing,
          atOnce: { plan, mine, theirs in
            let edit = ProjectEdit.aim(edit: .to(mine))
            try await core.editProject(plan, base: nil, edits: [edit])
            let values = [
              SetValue(text: theirs, by: Person.ben.devices.first),
              SetValue(text: mine, by: Person.ana.devices.first),
            ]
            try await core.dispute(plan, Disagreement(path: edit.path ?? "", values: values))
          }, leave: { try await core.leaves(Person.ben.id) }))
    }
  }
}
