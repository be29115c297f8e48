import EnhanceKit
import Foundation
import Testing

private let hour: TimeInterval = 60 * 60
private let past = Date.now.addingTimeInterval(-hour)
private let soon = Date.now.addingTimeInterval(48 * hour)
private let today = CalendarDate(Date.now)
private let later = CalendarDate(Date.now.addingTimeInterval(4 * 24 * hour))
private let otherYear = CalendarDate(year: 2569, month: 6, day: 1)
/// One character more than a name may have, and than a text may.
private let short = String(repeating: "a", count: 501)
private let long = String(String(repeating: "Falls. ", count: 40_000).prefix(262_145))

private let round = noted(title: "Grand round")

private func noted(
  title: String, start: Date = past, minutes: Int = 60, online: Int? = nil, place: String = ""
) -> LearningSession {
  LearningSession(
    title: title, activity: nil, module: nil, start: start, minutes: minutes, kind: .core,
    online: online, place: place)
}

private typealias Adding = (ItemId) -> [RecordEdit]

extension Subject {
  /// That something is refused with this code and with these among its words, and as input of this
  /// field where it is unfit.
  @discardableResult
  func refuses(
    _ words: String, _ field: InputField = .edit, code: String = "invalid_input",
    sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void
  ) async -> CoreError? {
    let refused = await error(of: work, sourceLocation: sourceLocation)
    let said = "\(words): \(refused?.reason ?? "")"
    #expect(refused?.code == code, "\(said)", sourceLocation: sourceLocation)
    #expect(
      refused?.reason.contains(words) == true, "\(said)", sourceLocation: sourceLocation)
    if case .invalidInput(let found, _, _)? = refused {
      #expect(found == field, "\(said)", sourceLocation: sourceLocation)
    }
    return refused
  }

  fileprivate func edit(_ plan: DocumentId, _ edits: [ProjectEdit]) async throws {
    _ = try await core.editProject(plan, base: nil, edits: edits)
  }

  fileprivate func newId() async throws -> ItemId { try await core.newItemId() }
}

extension Behaviour {
  /// What somebody types by mistake. The real core and the fake refuse it alike and change nothing.
  static var refusals: [Behaviour] { ofRecords + ofPlans + ofTexts }

  private static var ofRecords: [Behaviour] {
    [
      Behaviour("a record takes no number, day or name that cannot be") { subject in
        let (core, journey) = (
          subject.core,
          try await subject.add(PatientJourney(title: "From a fall to home").adding)
        )
        let before = try await core.personalRecord()
        for (words, thing) in unfitThings(journey) {
          await subject.refuses(words) { try await subject.add(thing) }
        }
        for (words, thing) in unfitMinutes {
          await subject.refuses(words, .minutes) { try await subject.add(thing) }
        }
        await subject.refuses("and a learning session is noted once it was", .start) {
          try await subject.add(noted(title: "Grand round", start: soon).adding)
        }
        await subject.refuses("and an activity is noted once it was") {
          try await core.editRecord([.start(activity: "a", at: soon)])
        }
        #expect(try await core.personalRecord() == before)
      },
      Behaviour("evidence is there, and what a statement says is written with it") { subject in
        let core = subject.core
        let shown = EvidenceSource.item(try await subject.add(round.adding))
        let link = EvidenceLink(
          evidence: shown, statement: .capability("fpc-9"), justification: "I led the round.")
        let linked = try await subject.add(link.adding)
        let (never, gone) = (try await subject.newId(), try await subject.reflect("A night."))
        try await core.delete(gone)
        let before = try await core.personalRecord()
        let unknown = "evidence names a learning session \(never) that is not in this record"
        let things: [Adding] = [
          ActivityCompletion(activity: "a", at: past, evidence: .item(never)).adding,
          ModuleCompletion(module: "m", at: past, evidence: .item(never)).adding,
          Debrief(activity: "a", at: past, evidence: .item(never)).adding,
        ]
        for thing in things { await subject.refuses(unknown) { try await subject.add(thing) } }
        await subject.refuses("was deleted", code: "deleted") {
          try await subject.add(
            ActivityCompletion(activity: "a", at: past, evidence: .document(gone)).adding)
        }
        for edit in [EvidenceLinkEdit.said("Other words"), .version("9")] {
          await subject.refuses("set the statement anew") {
            try await core.editRecord([.evidenceLink(id: linked, edit: edit)])
          }
        }
        await subject.refuses("a sign-off that was read back", code: "not_allowed") {
          try await core.editRecord([.add(noun: .keptSignOff, id: never)])
        }
        #expect(try await core.personalRecord() == before)
      },
    ]
  }

  private static func unfitThings(_ journey: ItemId) -> [(String, Adding)] {
    [
      ("place goes from 1 to 1000, not 0", JourneyStep(journey: journey, place: 0).adding),
      ("place goes from 1 to 1000, not 1001", JourneyStep(journey: journey, place: 1_001).adding),
      ("gap goes from 0 to 45000, not 45001", JourneyStep(journey: journey, gap: 45_001).adding),
      (
        "and 1.5 is outside",
        TrainingPlacement(
          organisation: "Bedford Hospital", start: today, end: later,
          wte: .number(thousandths: 1_500)
        ).adding
      ),
      (
        "2.5 days are not between half a day and the 1",
        Absence(kind: .sickness, from: today, days: .number(thousandths: 2_500)).adding
      ),
      (
        "\(later) lies in the future, and an experience is noted once it was",
        LearningExperience(host: "Food bank", at: later).adding
      ),
      (
        "and a completed module is noted once it was",
        ModuleCompletion(module: "m", at: soon, reason: "Ill").adding
      ),
      (
        "and a completed activity is noted once it was",
        ActivityCompletion(activity: "a", at: soon, reason: "Ill").adding
      ),
      ("and a debrief is noted once it was", Debrief(activity: "a", at: soon).adding),
      (
        "2569-06-01 is in no year of anybody's training",
        PdpGoal(text: "Lead a team", due: otherYear).adding
      ),
      (
        "confidence_before goes from 0 to 10, not 11",
        Debrief(activity: "a", at: past, confidenceBefore: 11).adding
      ),
      (
        "no version 7 of the programme's content is known: none is here yet",
        ActivityCompletion(activity: "a", at: past, packVersion: 7).adding
      ),
    ]
  }

  private static var unfitMinutes: [(String, Adding)] {
    [
      ("minutes goes from 1 to 1440, not 1441", noted(title: "Round", minutes: 1_441).adding),
      ("it took at least a minute", noted(title: "Round", minutes: 0).adding),
      (
        "1 h 1 min of it online are more than the 1 h it took",
        noted(title: "Round", online: 61).adding
      ),
      (
        "minutes goes from 1 to 1440, not 0",
        LearningExperience(host: "Food bank", at: today, minutes: 0).adding
      ),
      (
        "minutes goes from 0 to 60000, not 60001",
        ModuleCompletion(module: "m", at: past, reason: "Ill", minutes: 60_001).adding
      ),
    ]
  }

  private static var ofPlans: [Behaviour] {
    [
      Behaviour("a plan takes nothing that is not in it, nor what is out of range") { subject in
        let (core, plan, falls) = try await subject.measured()
        let (first, second) = (try await subject.newId(), try await subject.newId())
        try await subject.edit(
          plan,
          Driver(name: "Light").adding(first)
            + Driver(name: "Lamps", parent: first).adding(second))
        let (before, never) = (try await core.project(plan).project, try await subject.newId())
        let id = try await subject.newId()
        for (words, edits) in unfitEdits(falls, first, second, never, id) {
          await subject.refuses(words) { try await subject.edit(plan, edits) }
        }
        #expect(try await core.project(plan).project == before)
      },
      Behaviour("a value is one of its unit, and an aim goes where it says, in time") { subject in
        let core = subject.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        let (share, falls) = (try await subject.newId(), try await subject.newId())
        try await subject.edit(
          plan,
          Measure(name: "Seen in time", unit: .percent).adding(share)
            + Measure(name: "Falls", unit: .count).adding(falls))
        let (before, id) = (try await core.project(plan).project, try await subject.newId())
        for (words, edits) in unfitValues(share, falls, id) {
          await subject.refuses(words) { try await subject.edit(plan, edits) }
        }
        #expect(try await core.project(plan).project == before)
      },
      Behaviour("what was seen, done or happened in a plan was so once it was") { subject in
        let (core, plan, falls) = try await subject.measured()
        let (sheet, id) = (try await subject.newId(), try await subject.newId())
        try await subject.edit(plan, TallySheet(measure: falls, at: later).adding(sheet))
        let before = try await core.project(plan).project
        let seen = MeasureObservation(measure: falls, at: later, value: .number(thousandths: 1_000))
        let done = ProjectAction(text: "Buy a lamp", doneAt: soon.addingTimeInterval(48 * hour))
        for (words, edits) in [
          ("\(later) has not come yet, so nothing can have been seen", seen.adding(id)),
          (
            "at of the annotation says when it was",
            ChartAnnotation(at: later, text: "Lamps").adding(id)
          ),
          ("did_at of the cycle says when it was", PdsaCycle(didAt: later).adding(id)),
          ("done_at of the action says when it was", done.adding(id)),
        ] {
          await subject.refuses(words) { try await subject.edit(plan, edits) }
        }
        await subject.refuses("\(later) has not come yet") {
          _ = try await core.tick(plan, tally: sheet, numerator: 1, denominator: 1)
        }
        await subject.refuses("this device would have ticked 2 of 1, which no sheet can say") {
          _ = try await core.tick(plan, tally: sheet, numerator: 2, denominator: 1)
        }
        #expect(try await core.project(plan).project == before)
      },
    ]
  }

  private static func unfitEdits(
    _ falls: ItemId, _ first: ItemId, _ second: ItemId, _ never: ItemId, _ id: ItemId
  ) -> [(String, [ProjectEdit])] {
    let value = ObservedValue.number(thousandths: 1)
    let unknown = "measure names a measure \(never) that is not in this plan"
    return [
      ("a plan has no certificate to add", [.add(noun: .certificate, id: never)]),
      (unknown, [.aim(edit: .measure(never))]),
      (
        "parent names a driver \(never) that is not in this plan",
        Driver(name: "Noise", parent: never).adding(id)
      ),
      (
        "a driver under this one cannot be above it",
        Driver(name: "Bulbs", parent: second).adding(id)
      ),
      (
        "drivers names a driver \(never)",
        ChangeIdea(text: "A lamp", drivers: [first, never]).adding(id)
      ),
      ("power goes from 1 to 5, not 6", Stakeholder(role: "Sister", power: 6).adding(id)),
      ("interest goes from 1 to 5, not 0", Stakeholder(role: "Sister", interest: 0).adding(id)),
      (unknown, MeasureTarget(measure: never, from: today, value: value).adding(id)),
      (unknown, MeasureObservation(measure: never, at: today, value: value).adding(id)),
      (unknown, TallySheet(measure: never, at: today).adding(id)),
      (unknown, MeasurePhase(measure: never, from: today).adding(id)),
      (
        "fixed_after goes from 12 to 10000, not 11",
        MeasurePhase(measure: falls, from: today, fixedAfter: 11).adding(id)
      ),
      ("idea names a change idea \(never)", PdsaCycle(idea: never).adding(id)),
      ("previous names a cycle \(never)", PdsaCycle(previous: never).adding(never)),
      ("a cycle is decided after its study", PdsaCycle(decision: .adopt).adding(id)),
      (
        "factor_year goes from 1990 to 2200, not 1989",
        ProjectImpact(factorYear: 1_989).adding(id)
      ),
    ]
  }

  private static func unfitValues(
    _ share: ItemId, _ falls: ItemId, _ id: ItemId
  ) -> [(String, [ProjectEdit])] {
    let seen = { (measure: ItemId, value: ObservedValue) in
      MeasureObservation(measure: measure, at: today, value: value).adding(id)
    }
    return [
      (
        "101 is no value in percent: there are not more than 100",
        seen(share, .number(thousandths: 101_000))
      ),
      (
        "-0.5 is no value in count: it is less than nothing",
        seen(falls, .number(thousandths: -500))
      ),
      (
        "1/2 is no value in count: a share is a value in percent",
        seen(falls, .ratio(numerator: 1, denominator: 2))
      ),
      (
        "the aim goes to \"many\", which is neither a number nor a share such as 4/10",
        [.aim(edit: .to("many"))]
      ),
      (
        "an aim to decrease does not go from 4/10 to 50",
        Aim(direction: .decrease, from: "4/10", to: "50").edits
      ),
      (
        "the aim ends on \(later), which is not after \(later)",
        [.start(on: later), .aim(edit: .byDate(later))]
      ),
      (
        "the plan cannot end on \(today), before it begins on \(later)",
        [.start(on: later), .end(on: today)]
      ),
      ("2569-06-01 is in no year of anybody's training", [.start(on: otherYear)]),
    ]
  }

  private static var ofTexts: [Behaviour] {
    [
      Behaviour("what is longer than it may be is refused, and says how much fits") { subject in
        let core = subject.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        let note = try await subject.reflect("A night.")
        let before = try await core.project(plan).project
        let id = try await subject.newId()
        let lines: [() async throws -> Void] = [
          { _ = try await core.createProject(title: short) },
          { _ = try await core.createReflection(template: "what-so-what", title: short) },
          { _ = try await core.editReflection(note, base: nil, edits: [.title(title: short)]) },
          { try await subject.edit(plan, [.title(title: short)]) },
          { try await subject.edit(plan, Measure(name: short).adding(id)) },
          { try await subject.edit(plan, [.aim(edit: .place(short))]) },
          { try await subject.add(Certificate(title: short).adding) },
          { try await subject.add(noted(title: "Round", place: short).adding) },
        ]
        for work in lines {
          await subject.refuses(
            "500 characters fit here. Say it in fewer words here", code: "text_too_long"
          ) { try await work() }
        }
        let texts: [() async throws -> Void] = [
          { try await subject.edit(plan, ProjectAction(text: long).adding(id)) },
          { try await subject.edit(plan, [.aim(edit: .sentence(long))]) },
          { try await subject.add(PdpGoal(text: long).adding) },
          { _ = try await core.comment(plan, body: long, anchor: "problem") },
        ]
        for work in texts {
          await subject.refuses(
            "262144 characters fit here. Continue it in a new document", code: "text_too_long"
          ) { try await work() }
        }
        await subject.refuses("it is empty", .comment) {
          _ = try await core.comment(plan, body: " ", anchor: "problem")
        }
        #expect(try await core.project(plan).project == before)
        #expect(try await core.reflection(note).reflection.title == "A long night")
        #expect(try await core.personalRecord() == PersonalRecord())
      },
      Behaviour("a text that is too long stays a draft, and keeps no other") { subject in
        let core = subject.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        let base = try await core.project(plan).version
        let field = DraftField.section(.coProducedWith)
        try await core.autosave(plan, field: .section(.team), base: base, text: "The night team.")
        let words =
          "the text \"Co-produced with\" is too long by 1 character: 262144 characters fit there"
        let works: [() async throws -> Void] = [
          { try await core.autosave(plan, field: field, base: base, text: long) },
          { try await core.settle(plan) },
          { try await core.settle(plan) },
          { try await subject.edit(plan, [.section(section: .coProducedWith, text: long)]) },
        ]
        for work in works {
          let refused = await subject.refuses(words, code: "text_too_long") { try await work() }
          guard case .tooLarge(let limit, let named, let over, _, _)? = refused else {
            return unexpected(refused)
          }
          #expect(limit == 262_144 && named == field && over == 1)
        }
        let shown = try await core.project(plan)
        let sections = shown.project.sections
        #expect(sections[.team] == "The night team." && sections[.coProducedWith] ?? "" == "")
        #expect(shown.drafts.map(\.field) == [field] && shown.drafts.map(\.text) == [long])
        try await core.autosave(plan, field: field, base: base, text: "The falls team.")
        try await core.settle(plan)
        let settled = try await core.project(plan).project
        #expect(settled.sections[.coProducedWith] == "The falls team.")
      },
      Behaviour("a period is of years that somebody means") { subject in
        let core = subject.core
        let long = DaysInARow(
          from: CalendarDate(year: 1960, month: 1, day: 1),
          to: CalendarDate(year: 2026, month: 1, day: 1))
        await subject.refuses("1960-01-01..2026-01-01 is longer than 60 years", .date) {
          _ = try await core.logOf(long)
        }
        let words = "2569-06-01 is in no year of anybody's training; years go from 1950 to 2150"
        let endless = DaysInARow(from: today, to: otherYear)
        await subject.refuses(words, .date) { _ = try await core.logOf(endless) }
        await subject.refuses(words, .date) { _ = try await core.trainingYear(otherYear) }
      },
    ]
  }
}
