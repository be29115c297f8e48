import EnhanceKit
import Foundation
import Testing

private let noon = Date(timeIntervalSince1970: 1_790_000_000)
private let day = CalendarDate(year: 2025, month: 11, day: 20)

extension Behaviour {
  /// What is in a plan: its things, its aim, its measures.
  static var plans: [Behaviour] {
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
}
