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
      try await ben.core.sync()
      return (ana, ben, project)
    }

    private func meet(_ phones: Phone...) async throws {
      for _ in 0..<2 {
        for phone in phones { try await phone.core.sync() }
      }
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

    @Test func aProjectGrowsItemByItemAndItsHistoryCanBeRead() async throws {
      let (ana, ben, project) = try await sharedProject()
      let (measure, cycle) = (try await ana.core.newItemId(), try await ana.core.newItemId())
      let version = try await ana.core.project(project).version
      try await ana.core.editProject(
        project, base: nil,
        edits: [
          .measure(
            id: measure,
            measure: Measure(name: "Falls", kind: .outcome, definition: "Each fall", unit: "a week")
          ),
          .observe(
            id: try await ana.core.newItemId(),
            observation: MeasureObservation(
              measure: measure, at: CalendarDate(year: 2026, month: 11, day: 22),
              value: .number(thousandths: 4_000))),
          .startCycle(id: cycle),
          .cycleText(id: cycle, which: .changeIdea, text: "Slippers with soles"),
          .addTag(tag: .domain("sys")),
        ])
      try await ben.core.comment(project, body: "Who buys them?", anchor: cycle.rawValue)
      try await meet(ana, ben)
      let view = try await ben.core.project(project)
      #expect(view.project.measures.map(\.measure.name) == ["Falls"])
      #expect(view.project.cycles.map(\.cycle.changeIdea) == ["Slippers with soles"])
      #expect(view.project.tags == [.domain("sys")])
      #expect(
        try await ana.core.project(project).comments.map(\.comment.body) == ["Who buys them?"])
      #expect(try await ben.core.history(project).count == 3)
      #expect(try await ben.core.projectAt(project, version: version).cycles.isEmpty)
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
