import EnhanceKit
import EnhanceKitTesting
import Testing

extension Stories {
  @Suite final class PlanStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    /// A plan of Ana's that Ben may edit, on both phones.
    private func sharedPlan() async throws -> (ana: Phone, ben: Phone, plan: DocumentId) {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      let plan = try await ana.core.createProject(title: "Falls on ward 7", topic: "sys")
      try await ana.core.write("We see too many falls at night.", in: .problem, of: plan)
      try await ana.core.addMember(plan, person: ben.person, right: .edit)
      try await ana.core.sync()
      try await ben.core.sync()
      return (ana, ben, plan)
    }

    private func meet(_ phones: Phone...) async throws {
      for _ in 0..<2 {
        for phone in phones { try await phone.core.sync() }
      }
    }

    @Test func twoWhoWriteInTheSameParagraphBothKeepTheirWords() async throws {
      let (ana, ben, plan) = try await sharedPlan()
      try await ana.core.write("We see far too many falls at night.", in: .problem, of: plan)
      try await ben.core.write(
        "We see too many falls at night and at weekends.", in: .problem, of: plan)
      try await meet(ana, ben)
      let merged = "We see far too many falls at night and at weekends."
      #expect(try await ana.core.section(.problem, of: plan) == merged)
      #expect(try await ben.core.section(.problem, of: plan) == merged)
      let byBen = try await ana.core.textAuthors(plan, field: .section(.problem))
        .filter { $0.by?.id == ben.person }.map(\.text)
      #expect(byBen == [" and at weekends"])
    }

    @Test func aPlanGrowsItemByItemAndItsHistoryCanBeRead() async throws {
      let (ana, ben, plan) = try await sharedPlan()
      let (measure, cycle) = (try await ana.core.newItemId(), try await ana.core.newItemId())
      let version = try await ana.core.project(plan).version
      try await ana.core.editProject(
        plan, base: nil,
        edits: [
          .measure(
            id: measure,
            measure: Measure(name: "Falls", kind: .outcome, definition: "Each fall", unit: "a week")
          ),
          .observe(
            id: try await ana.core.newItemId(),
            observation: MeasureObservation(
              measure: measure, at: "2026-11-22", value: .number(thousandths: 4_000))),
          .startCycle(id: cycle),
          .cycleText(id: cycle, which: .changeIdea, text: "Slippers with soles"),
          .addTag(tag: .domain("sys")),
        ])
      try await ben.core.comment(plan, body: "Who buys them?", anchor: cycle)
      try await meet(ana, ben)
      let view = try await ben.core.project(plan)
      #expect(view.project.measures.map(\.measure.name) == ["Falls"])
      #expect(view.project.cycles.map(\.cycle.changeIdea) == ["Slippers with soles"])
      #expect(view.project.tags == [.domain("sys")])
      #expect(try await ana.core.project(plan).comments.map(\.comment.body) == ["Who buys them?"])
      #expect(try await ben.core.history(plan).count == 3)
      #expect(try await ben.core.projectAt(plan, version: version).cycles.isEmpty)
    }

    @Test func aReaderMayNotWrite() async throws {
      let (ana, ben, plan) = try await sharedPlan()
      try await ana.core.addMember(plan, person: ben.person, right: .read)
      try await meet(ana, ben)
      let refused = await error { try await ben.core.write("Mine.", in: .plan, of: plan) }
      guard case .NotAllowed = refused else { return unexpected(refused) }
    }
  }
}
