import EnhanceKit
import EnhanceKitTesting
import Testing

extension Stories {
  @Suite final class ProjectStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    /// A plan of Ana's that Ben may edit, on both phones.
    private func sharedProject() async throws -> (ana: Phone, ben: Phone, project: DocumentId) {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      let project = try await ana.core.createProject(title: "Falls on ward 7", topic: "sys")
      try await ana.core.write("We see too many falls at night.", in: .problem, of: project)
      try await ana.core.addMember(project, person: ben.person, right: .edit)
      try await ana.core.sync()
      try await ben.core.syncAndJoin()
      return (ana, ben, project)
    }

    @Test func twoWhoWriteInTheSameParagraphBothKeepTheirWords() async throws {
      let (ana, ben, project) = try await sharedProject()
      try await ana.core.write("We see far too many falls at night.", in: .problem, of: project)
      try await ben.core.write(
        "We see too many falls at night and at weekends.", in: .problem, of: project)
      try await meet(ana, ben)
      let merged = "We see far too many falls at night and at weekends."
      #expect(try await ana.core.section(.problem, of: project) == merged)
      #expect(try await ben.core.section(.problem, of: project) == merged)
      let byBen = try await ana.core.textAuthors(project, field: .section(.problem))
        .filter { $0.by?.id == ben.person }.map(\.text)
      #expect(byBen == [" and at weekends"])
    }

    @Test func aPlanGrowsFromItsAimToATestOfChangeAndIsCorrected() async throws {
      let (ana, ben, plan) = try await sharedProject()
      let begun = try await ana.core.project(plan).version
      let today = CalendarDate(.now)
      let (falls, seen) = (try await ana.core.newItemId(), try await ana.core.newItemId())
      let measure = Measure(name: "Falls a week", unit: .count, improvement: .down)
      let target = MeasureTarget(measure: falls, from: today, value: .number(thousandths: 2_000))
      let observation = MeasureObservation(
        measure: falls, at: today, value: .number(thousandths: 40_000))
      let aim = Aim(measure: falls, direction: .decrease, from: "4", to: "2")
      try await ana.core.editProject(
        plan, base: nil,
        edits: measure.adding(falls) + target.adding(try await ana.core.newItemId())
          + observation.adding(seen) + aim.edits + [.addTag(tag: .domain("sys"))])
      let (light, lamps) = (try await ben.core.newItemId(), try await ben.core.newItemId())
      let idea = ChangeIdea(text: "to test a lamp with a sensor", drivers: [lamps])
      let ideaId = try await ben.core.newItemId()
      try await ben.core.editProject(
        plan, base: nil,
        edits: Driver(name: "Patients see where they walk").adding(light)
          + Driver(name: "Light at night", parent: light).adding(lamps) + idea.adding(ideaId))
      try await meet(ana, ben)

      let cycle = try await ana.core.newItemId()
      let tested = PdsaCycle(idea: ideaId, scale: .onePatient)
      let base = try await ana.core.editProject(plan, base: nil, edits: tested.adding(cycle))
      let prediction = ana.core.typing(
        plan, field: .item(CycleText.prediction.of(cycle)), base: base)
      prediction.typed("Nobody falls in bay 2.")
      try await prediction.close()
      let move = ProjectEdit.move(
        id: try await ana.core.newItemId(), to: .testing, at: .now, note: "The first lamp is up.")
      try await ana.core.editProject(plan, base: nil, edits: [move])
      let correction = ProjectEdit.observation(
        id: seen, edit: .value(.number(thousandths: 4_000)))
      let lamp = ProjectAction(text: "Buy a lamp", owner: ana.person)
      try await ben.core.editProject(
        plan, base: nil, edits: [correction] + lamp.adding(try await ben.core.newItemId()))
      try await ben.core.comment(plan, body: "Who buys them?", anchor: lamps.rawValue)
      try await meet(ana, ben)

      let grown = try await ana.core.project(plan).project
      #expect(try await ben.core.project(plan).project == grown)
      #expect(grown.aim == aim && grown.measures.map(\.measure) == [measure])
      #expect(grown.targets.map(\.target) == [target])
      #expect(Set(grown.drivers.map(\.driver.parent)) == [nil, light])
      #expect(grown.ideas.map(\.idea) == [idea] && grown.actions.map(\.action) == [lamp])
      #expect(grown.observations.map(\.observation.value) == [.number(thousandths: 4_000)])
      #expect(grown.cycles.map(\.cycle.prediction) == ["Nobody falls in bay 2."])
      #expect(grown.cycles.map(\.cycle.scale) == [.onePatient])
      #expect(grown.status == .testing && grown.tags == [.domain("sys")])
      #expect(grown.moves.map(\.step.note) == ["The first lamp is up."])
      let comments = try await ana.core.project(plan).comments
      #expect(comments.map(\.comment.body) == ["Who buys them?"])
      let authors = try await ana.core.fieldAuthors(plan)
      #expect(authors[correction.path ?? ""]??.id == ben.person)
      #expect(try await ben.core.projectAt(plan, version: begun).cycles.isEmpty)
    }

    @Test func aReaderMayNotWrite() async throws {
      let (ana, ben, project) = try await sharedProject()
      try await ana.core.addMember(project, person: ben.person, right: .read)
      try await meet(ana, ben)
      let refused = await error { try await ben.core.write("Mine.", in: .plan, of: project) }
      guard case .notAllowed = refused else { return unexpected(refused) }
    }
  }
}
