import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  /// A change project from an idea to the next one: nine months, three people, offline half of the
  /// time.
  ///
  /// The months lie before today, since a phone takes the day from its clock.
  @Suite struct NineMonthsStory {
    @Test func aPlanGoesFromAnIdeaToTheHandsOfOthersInNineMonths() async throws {
      let team = try await Team()
      let falls = try await team.anaPlansOnAWardWithoutASignal()
      try await team.twoSetTheAimAtOnceAndBenSettlesIt()
      try await team.everyWeekIsCountedAndASlipIsCorrected(falls)
      try await team.aSmallTestLeadsToALargerOne()
      try await team.theChartSaysThatItIsMoreThanChance(falls)
      try await team.twoTickAtBothEndsOfTheWard()
      try await team.mrHallTakesACommentBackAndPutsItBack()
      try await team.itIsSaidWhatItIsWorth()
      try await team.theyLookBackAtWhoDidWhat()
      let page = try await team.aPageIsPrintedAndAgrees()
      try await team.anaRotatesAndBenGoesOn(page)
      try await team.anotherWardBeginsWithTheRecipe()
    }
  }
}

/// Who takes part in the plan: a trainee, her supervisor, and a partner outside the hospital.
private struct Team {
  let (world, plan): (World, DocumentId)
  let (ana, ben, hall): (Phone, Phone, Phone)

  /// A plan of Ana's in which the two others write too.
  init() async throws {
    world = try await World()
    (ana, ben) = (try await world.trainee(), try await world.supervisor())
    hall = try await world.person("partner", "Mr Hall")
    try await EnhanceKitTests.meet(ana, ben, hall)
    try await ana.core.addPerson(hall.person)
    plan = try await ana.core.createProject(
      title: "Falls on Ward 7", topic: "sys", setting: "Ward 7")
    for member in [ben, hall] {
      try await ana.core.addMember(plan, person: member.person, right: .edit)
      try await meet()
    }
  }

  func meet() async throws {
    try await EnhanceKitTests.meet(ana, ben, hall)
  }

  /// What happens while no phone reaches the server.
  func withoutASignal(_ what: () async throws -> Void) async throws {
    await world.server.stop()
    try await what()
    try await world.server.startAgain()
  }
}

extension Team {
  func anaPlansOnAWardWithoutASignal() async throws -> ItemId {
    let falls = try await ana.core.newItemId()
    try await withoutASignal {
      try await edit(ana, measure("Falls a week", .outcome).adding(falls))
      try await add(ana, measure("Nights with complaints", .balancing).adding)
      let inAMonth = CalendarDate(Date(timeIntervalSinceNow: 30 * 24 * 60 * 60))
      let aim = Aim(
        measure: falls, direction: .decrease, from: "9", to: "4", byDate: inAMonth,
        place: "Ward 7")
      let why = ProjectEdit.section(section: .whyHere, text: "Nine falls in a week of October.")
      try await edit(ana, aim.edits + [why])
      let light = try await add(ana, Driver(name: "People see where they go").adding)
      let atNight = Driver(name: "There is light on the way at night", parent: light)
      let lamps = try await add(ana, atNight.adding)
      let idea = ChangeIdea(text: "To test a lamp at one bed", drivers: [lamps])
      try await add(ana, idea.adding)
      try await add(ana, MeasureTarget(measure: falls, from: week(0), value: whole(4)).adding)
      try await add(ana, Stakeholder(role: "Night sister", power: 4, interest: 5).adding)
      try await move(ana, .planning, "We begin.")
      #expect(try await ana.core.status(plan).stage == .saved)
    }
    try await meet()
    let read = try await ben.core.project(plan).project
    #expect(try await ana.core.project(plan).project == read && read.status == .planning)
    let met = try await met(ben)
    #expect(met.isSuperset(of: [.aimSpecific, .ideasUnderDrivers]) && !met.contains(.smallFirst))
    return falls
  }

  func twoSetTheAimAtOnceAndBenSettlesIt() async throws {
    try await withoutASignal {
      try await edit(ana, [.aim(edit: .to("5"))])
      try await edit(ben, [.aim(edit: .to("3"))])
    }
    try await meet()
    let settling = ProjectEdit.aim(edit: .to("4"))
    let disagreements = try await hall.core.project(plan).project.disagreements
    #expect(disagreements.map(\.path) == [settling.path])
    let values = disagreements.flatMap(\.values)
    #expect(Set(values.map(\.text)) == ["3", "5"])
    let both: Set = [try await device(ana), try await device(ben)]
    #expect(Set(values.compactMap(\.by)) == both)
    try await edit(ben, [settling])
    try await meet()
    let settled = try await ana.core.project(plan).project
    #expect(settled.disagreements.isEmpty && settled.aim.to == "4")
  }

  func everyWeekIsCountedAndASlipIsCorrected(_ falls: ItemId) async throws {
    for (number, seen) in before.enumerated() {
      try await count(number.isMultiple(of: 2) ? ana : hall, falls, week(number), seen)
    }
    let slip = try await count(hall, falls, week(before.count), 90)
    try await meet()
    let correction = ProjectEdit.observation(id: slip, edit: .value(whole(9)))
    try await edit(ben, [correction])
    try await withoutASignal {
      for (number, seen) in after.enumerated() {
        try await count(hall, falls, week(before.count + 1 + number), seen)
      }
    }
    try await meet()
    let seen = try await ana.core.project(plan).project.observations
    #expect(seen.count == before.count + 1 + after.count)
    #expect(seen.first { $0.id == slip }?.observation.value == whole(9))
    let authors = try await ana.core.fieldAuthors(plan)
    #expect(authors[correction.path ?? ""]??.name == "Dr Ben Okoro")
  }

  func aSmallTestLeadsToALargerOne() async throws {
    let idea = try #require(try await ana.core.project(plan).project.ideas.first?.id)
    let small = PdsaCycle(
      changeIdea: "A lamp at one bed", idea: idea, prediction: "Nobody falls at that bed.",
      scale: .onePatient, didAt: week(13))
    let first = try await add(ana, small.adding)
    let adopted = ProjectEdit.cycle(id: first, edit: .decision(.adopt))
    let tooEarly = await error { try await edit(ana, [adopted]) }
    guard case .invalidInput(_, _, let reason) = tooEarly else { return unexpected(tooEarly) }
    #expect(reason.contains("say what was studied"), "\(reason)")
    let studied = CycleEdit.studied("Nobody fell, and two nurses asked for more.")
    try await edit(ana, [.cycle(id: first, edit: studied), adopted])
    let large = PdsaCycle(
      changeIdea: "Lamps on the whole ward", prediction: "Fewer than five falls a week.",
      scale: .whole, didAt: week(16), previous: first)
    try await add(ana, large.adding)
    try await meet()
    #expect(try await met(ben).isSuperset(of: [.predictions, .smallFirst, .linkedCycles]))
  }

  /// Only a person marks a new phase.
  func theChartSaysThatItIsMoreThanChance(_ falls: ItemId) async throws {
    let chart = try await ben.core.chart(plan, measure: falls)
    #expect(chart.points.count == 27 && chart.phases.count == 1)
    #expect(chart.signals.contains { $0.meaning == .improvement }, "\(chart.summary)")
    let phase = MeasurePhase(
      measure: falls, from: week(16), label: "with lamps",
      reason: "Lamps on the whole ward, and it stayed.")
    try await add(ben, phase.adding)
    try await meet()
    let read = try await hall.core.chart(plan, measure: falls)
    #expect(try await ben.core.chart(plan, measure: falls) == read && read.phases.count == 2)
    #expect(try await met(hall).isSuperset(of: [.baseline, .threeConsecutive]))
  }

  func twoTickAtBothEndsOfTheWard() async throws {
    let lamps = Measure(
      name: "Beds with a lamp", kind: .process, unit: .percent,
      numerator: "beds with a lamp that is on", denominator: "beds looked at")
    let empty = TallySheet(measure: try await add(ana, lamps.adding), at: week(20))
    let sheet = try await add(ana, empty.adding)
    try await meet()
    try await withoutASignal {
      try await ana.core.tick(plan, tally: sheet, numerator: 1, denominator: 1)
      try await ben.core.tick(plan, tally: sheet, numerator: 0, denominator: 1)
      try await ana.core.tick(plan, tally: sheet, numerator: 2, denominator: 3)
      let last = try await ben.core.tick(plan, tally: sheet, numerator: 1, denominator: 1)
      #expect(last == .ratio(numerator: 1, denominator: 2), "its own count alone")
    }
    try await meet()
    let sheets = try await hall.core.project(plan).project.tallies
    let counted = [
      try await device(ana): ObservedValue.ratio(numerator: 3, denominator: 4),
      try await device(ben): .ratio(numerator: 1, denominator: 2),
    ]
    #expect(sheets.map(\.tally.ticks) == [counted])
  }

  func mrHallTakesACommentBackAndPutsItBack() async throws {
    let idea = try #require(try await hall.core.project(plan).project.ideas.first?.id)
    let comment = try await hall.core.comment(
      plan, body: "Who turns them off?", anchor: idea.rawValue)
    try await meet()
    let read = try await ana.core.project(plan).comments
    #expect(read.map(\.comment.body) == ["Who turns them off?"])
    #expect(read.map(\.by?.name) == ["Mr Hall"])
    try await hall.core.editComments(plan, edits: [.takeBack(id: comment, at: .now)])
    try await meet()
    #expect(try await ana.core.project(plan).comments.isEmpty)
    try await withoutASignal {
      try await hall.core.editComments(plan, edits: [.putBack(id: comment)])
    }
    try await meet()
    #expect(try await ana.core.project(plan).comments == read)
  }

  func itIsSaidWhatItIsWorth() async throws {
    let patients = ProjectImpact(
      kind: .patients, effect: .better, text: "Fewer people fall at night.")
    try await add(ana, patients.adding)
    let staff = ProjectImpact(kind: .social, effect: .better, text: "Nurses walk less.")
    try await add(ana, staff.adding)
    let money = ProjectImpact(
      kind: .money, effect: .better, amount: .number(thousandths: 30_000_000))
    try await add(hall, money.adding)
    let carbon = ProjectImpact(
      kind: .environment, effect: .better, amount: .number(thousandths: 12_500),
      method: "Meter readings", factor: "0.2 kg CO2e a kWh",
      factorSource: "Government conversion factors", factorYear: 2025)
    try await add(hall, carbon.adding)
    try await meet()
    #expect(try await ben.core.project(plan).project.impacts.count == 4)
  }

  func theyLookBackAtWhoDidWhat() async throws {
    let told = try await ana.core.sittings(plan, limit: 100)
    let said = { (by: String) in told.filter { $0.by?.name == by }.flatMap(\.sentences) }
    #expect(said("Mr Hall").contains { $0.contains("observations to Falls a week") }, "\(told)")
    let corrected = "changed an observation of Falls"
    #expect(said("Dr Ben Okoro").contains { $0.contains(corrected) }, "\(told)")
    let begun = try #require(told.last?.version)
    #expect(try await ana.core.projectAt(plan, version: begun).observations.isEmpty)
  }

  func aPageIsPrintedAndAgrees() async throws -> String {
    try await move(ana, .sustaining, "The lamps stay.")
    try await meet()
    let page = try await ana.core.projectPage(plan)
    #expect(try await ben.core.projectPage(plan) == page)
    for words in [
      "falls a week on Ward 7 from 9 to 4", "12.5 kg CO2e less", "£300.00 saved",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(try await hall.core.verifyPage(page) == .agrees(project: plan))
    let altered = page.replacing("£300.00", with: "£900.00")
    #expect(try await hall.core.verifyPage(altered) == .altered(project: plan))
    return page
  }

  func anaRotatesAndBenGoesOn(_ page: String) async throws {
    let note = "The ward clerk counts on Mondays."
    try await edit(ana, [.section(section: .handover, text: note)])
    try await ana.core.offerOwnership(plan, to: ben.person)
    try await meet()
    let notHis = await error { try await hall.core.acceptOwnership(plan) }
    guard case .notAllowed = notHis else { return unexpected(notHis) }
    try await withoutASignal {
      try await ben.core.acceptOwnership(plan)
      #expect(try await ben.core.project(plan).myRight == .own)
    }
    try await meet()
    #expect(try await ana.core.project(plan).myRight == .read)
    let notHers = await error { try await move(ana, .stopped, "It is not mine.") }
    guard case .notAllowed = notHers else { return unexpected(notHers) }
    guard case .outdated = try await ben.core.verifyPage(page) else {
      Issue.record("an old page is not outdated")
      return
    }
    let refused = await error { try await move(ben, .completed, "") }
    guard case .invalidInput(_, _, let reason) = refused else { return unexpected(refused) }
    #expect(reason.contains("needs an outcome"), "\(reason)")
    try await move(ben, .completed, "From nine falls a week to three.")
    try await hall.core.leaveProject(plan)
    try await meet()
    let gone = await error { try await hall.core.project(plan) }
    guard case .gone = gone else { return unexpected(gone) }
    let (kept, owned) = (try await ana.core.project(plan), try await ben.core.project(plan))
    #expect(kept.project == owned.project && kept.version == owned.version)
    #expect(kept.project.status == .completed)
    #expect(kept.members.takingPart == [ben.person, ana.person])
  }

  func anotherWardBeginsWithTheRecipe() async throws {
    let recipe = try await ben.core.recipe(plan)
    #expect(!recipe.contains("Ruiz"))
    let dev = try await world.person("trainee", "Dr Dev Rao")
    let begun = try await dev.core.createProjectFrom(
      .text(recipe), title: "Falls on Ward 9", setting: "Ward 9")
    let other = try await dev.core.project(begun).project
    #expect(other.measures.count == 3 && other.drivers.count == 2)
    #expect(other.observations.isEmpty && other.cycles.isEmpty)
  }
}

extension Team {
  fileprivate func edit(_ phone: Phone, _ edits: [ProjectEdit]) async throws {
    try await phone.core.editProject(plan, base: nil, edits: edits)
  }

  /// Adds a thing to the plan and says under which id.
  @discardableResult
  fileprivate func add(
    _ phone: Phone, _ adding: (ItemId) -> [ProjectEdit]
  ) async throws -> ItemId {
    let id = try await phone.core.newItemId()
    try await edit(phone, adding(id))
    return id
  }

  @discardableResult
  fileprivate func count(
    _ phone: Phone, _ measure: ItemId, _ week: CalendarDate, _ seen: Int64
  ) async throws -> ItemId {
    try await add(
      phone, MeasureObservation(measure: measure, at: week, value: whole(seen)).adding)
  }

  fileprivate func move(_ phone: Phone, _ to: ProjectStatus, _ note: String) async throws {
    let id = try await phone.core.newItemId()
    try await edit(phone, [.move(id: id, to: to, at: .now, note: note)])
  }

  /// The checks of the plan that are met.
  fileprivate func met(_ phone: Phone) async throws -> Set<PlanCheckKind> {
    Set(try await phone.core.planChecks(plan).filter(\.met).map(\.check))
  }

  fileprivate func device(_ phone: Phone) async throws -> DeviceId {
    try #require(try await phone.core.account()).device
  }
}

/// Falls in each of the first weeks, before there were lamps.
private let before: [Int64] = [9, 8, 10, 9, 8, 9, 10, 9, 8, 9, 9, 10, 8]

/// Falls in each week from the first lamp on.
private let after: [Int64] = [7, 6, 4, 3, 4, 2, 3, 4, 3, 2, 3, 4, 3]

/// 38 weeks ago.
private let begin = Date(timeIntervalSinceNow: -38 * 7 * 24 * 60 * 60)

/// A day of a week, from the first that is counted.
private func week(_ number: Int) -> CalendarDate {
  CalendarDate(begin.addingTimeInterval(Double(number) * 7 * 24 * 60 * 60))
}

private func whole(_ number: Int64) -> ObservedValue { .number(thousandths: number * 1_000) }

private func measure(_ name: String, _ kind: MeasureKind) -> Measure {
  Measure(
    name: name, kind: kind, definition: "Counted from incident forms", unit: .count,
    frequency: "every week", improvement: .down)
}
