import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  /// A year in training: two placements, one of them less than full time, and what is shown of it
  /// at its end.
  ///
  /// The year lies around today, since a phone takes the day from its clock.
  @Suite struct YearStory {
    @Test func aYearIsNotedSignedAndReviewed() async throws {
      let year = try await TrainingYear()
      try await year.anaNotesTwoPlacementsWithoutASignal()
      try await year.theLogIsCountedAgainstTheRule()
      let note = try await year.whatSheDidIsEvidence()
      try await year.herDeadlinesAndCertificatesAreThere()
      try await year.aNameIsSeenBeforeItIsShared(note)
      try await year.benSignsHerSessionsOnAWardWithoutASignal()
      try await year.benReturnsHerReflectionAndSignsTheSecond(note)
      let signed = try await year.aPlanIsSignedAndThenEdited()
      try await year.drLeeSignsOnHerPhone()
      try await year.aPhotographIsFetchedOnHerTablet(note)
      try await year.aSimulationIsTalkedOver()
      let plan = try await year.benSuggestsAndSheAccepts()
      try await year.caraSeesHerAndNudgesOnce(plan)
      try await year.bothEmptyTheirInboxes()
      try await year.thePageOfTheYearAgreesOnAnotherPhone(note)
      try await year.aSignOffIsCheckedWithNothingElse(signed)
      try await year.sheTakesItIntoAnotherProgramme()
    }
  }
}

/// A trainee with a phone and a tablet, and her supervisor.
struct TrainingYear {
  let world: World
  let (ana, tablet, ben): (Phone, Phone, Phone)
  let days = DaysInARow(from: day(0), to: day(363))

  init() async throws {
    world = try await World()
    try await world.server.publishProgramme()
    (ana, ben) = (try await world.trainee(), try await world.supervisor())
    let invitation = try await ana.core.inviteDevice()
    tablet = try await world.enrol(try await world.phone(), with: invitation)
    try await tablet.core.useRecoveryKey(try #require(ana.recoveryKey))
    try await meet()
    for phone in [ana, tablet] { try await phone.core.updatePack("enhance") }
  }

  func meet() async throws {
    try await EnhanceKitTests.meet(ana, ben, tablet)
  }

  /// What happens while no phone reaches the server.
  func withoutASignal(_ what: () async throws -> Void) async throws {
    await world.server.stop()
    try await what()
    try await world.server.startAgain()
  }
}

extension TrainingYear {
  func anaNotesTwoPlacementsWithoutASignal() async throws {
    try await withoutASignal {
      let ward = TrainingPlacement(
        organisation: "Royal Infirmary", kind: .nhsAcute, grade: "F1", start: day(0),
        end: day(181))
      let post = try await add(ward.adding)
      let supervisor = PlacementSupervisor(
        placement: post, person: ben.person, role: .educational)
      try await add(supervisor.adding)
      let parts = [
        PlacementPart(setting: "acute", share: .ratio(numerator: 2, denominator: 3)),
        PlacementPart(setting: "community", share: .ratio(numerator: 1, denominator: 3)),
      ]
      let surgery = TrainingPlacement(
        organisation: "Willow Surgery", kind: .primaryCare, grade: "F1", start: day(182),
        end: day(363), wte: .number(thousandths: 600), split: parts)
      try await add(surgery.adding)
      let ill = Absence(kind: .sickness, from: day(20), days: .number(thousandths: 1_500))
      let long = await error { try await add(ill.adding) }
      guard case .invalidInput = long else { return unexpected(long) }
      let twoDays = Absence(
        kind: .sickness, from: day(20), to: day(21), days: .number(thousandths: 1_500))
      try await add(twoDays.adding)
    }
    try await meet()
    let record = try await tablet.core.personalRecord()
    #expect(try await ana.core.personalRecord() == record && record.placements.count == 2)
    #expect(record.supervisors.map(\.supervisor.person) == [ben.person])
    #expect(try await tablet.core.trainingYear(day(200)) == days)
  }

  /// Half a year in full and half a year at three fifths are four fifths of what is asked.
  func theLogIsCountedAgainstTheRule() async throws {
    let before = try await ana.core.logOf(days)
    let year = try #require(before.years.first)
    #expect(year.factor == "0.8000" && year.absentDays == "1.5" && year.absenceLimit == 20)
    #expect(before.rule == LogRule(target: 2_880, core: 1_440, elearningCap: 288))
    #expect(before.count.left == 2_880 && before.count.targetMet == false)

    let core = (0..<12).map { session("Teaching \($0)", on: day(12 * $0 + 1), 120, .core) }
    let others = (0..<10).map { session("Clinic \($0)", on: day(12 * $0 + 2), 120, .nonCore) }
    let online = (0..<3).map { session("Module \($0)", on: day(12 * $0 + 3), 100, .elearning) }
    let fire = session("Fire safety", on: day(4), 60, .statutory)
    for session in core + others + online + [fire] { try await add(session.adding) }
    try await meet()
    let log = try await tablet.core.logOf(days)
    #expect(log.sessions.count == 26 && log.doubtful.isEmpty)
    #expect(log.count.core == 1_440 && log.count.elearning == 300 && log.count.excluded == 60)
    // All but core teaching counts for half of it at most.
    #expect(log.count.counted == 2_880 && log.count.targetMet == true && log.count.left == 0)

    let slip = try #require(log.sessions.first { $0.session.title == "Teaching 3" })
    let correction = RecordEdit.learningSession(id: slip.id, edit: .minutes(60))
    try await tablet.core.editRecord([correction])
    try await meet()
    let corrected = try await ana.core.logOf(days).count
    #expect(corrected.coreMet == false && corrected.coreLeft == 60)
    try await ana.core.editRecord([.learningSession(id: slip.id, edit: .minutes(120))])
    let half = DaysInARow(from: day(182), to: day(363))
    #expect(try await ana.core.logOf(half).sessions.isEmpty)
  }

  func whatSheDidIsEvidence() async throws -> DocumentId {
    let core = ana.core
    let note = try await core.reflect("I asked what mattered to her.", title: "A home visit")
    let module = try #require(try await core.modules().first)
    let view = try await core.module(module.key)
    let asking = try #require(view.activities.first { $0.activity.evidence != .none })
    let refused = await error { try await core.completeActivity(asking.activity.key) }
    guard case .invalidInput(_, _, let reason) = refused else {
      throw try #require(refused)
    }
    #expect(reason.contains("say why there is none"), "\(reason)")
    try await core.completeActivityWith(
      asking.activity.key, evidence: .document(note), reason: "")
    let outcome = EvidenceStatement.outcome(try #require(view.outcomes.first).key)
    let link = EvidenceLink(
      evidence: .document(note), statement: outcome, justification: "I asked first.")
    let id = try await add(link.adding)
    let capability = EvidenceLink(
      evidence: .document(note), statement: .capability("foundation/fpc-9"),
      justification: "I asked first.")
    try await add(capability.adding)
    try await meet()
    let coverage = try await tablet.core.coverage()
    let covers = coverage.domains.flatMap(\.outcomes)
    #expect(covers.first { $0.statement == outcome }?.links == [id])
    let capabilities = coverage.frameworks.flatMap(\.capabilities)
    let home = capabilities.first { $0.statement == .capability("foundation/fpc-9") }
    #expect(home?.cover == .thin && home?.links.count == 1)
    let map = try await tablet.core.programmeMap()
    #expect(map.years == [days] && map.modules.first?.years.map(\.activitiesDone) == [1])
    return note
  }

  func herDeadlinesAndCertificatesAreThere() async throws {
    let portfolio = EvidenceDeadline(name: "The portfolio closes", at: day(360))
    let id = try await add(portfolio.adding)
    try await add(Certificate(title: "Life support", expires: day(365)).adding)
    try await add(PdpGoal(text: "To lead a team meeting", due: day(350)).adding)
    try await meet()
    // What a host schedules: today is day 330.
    let warnings = try await tablet.core.deadlineWarnings()
    #expect(warnings.map(\.on) == [day(332), day(346), day(353)])
    #expect(warnings.allSatisfy { $0.deadline == id })
    #expect(try await tablet.core.deadlines().map(\.daysLeft) == [30])
    #expect(try await tablet.core.certificates().map(\.daysLeft) == [35])
    #expect(try await tablet.core.logOf(days).years.map(\.by) == [day(360)])
  }

  func aNameIsSeenBeforeItIsShared(_ note: DocumentId) async throws {
    let core = ana.core
    try await core.editReflection(
      note, base: nil, edits: [.answer(prompt: "what", text: "Mrs Okafor has stairs, no rail.")])
    let refused = await error { try await core.shareReflection(note, with: ben.person) }
    guard case .notAllowed("unacknowledged", _) = refused else { return unexpected(refused) }
    let check = try await core.checkBeforeSharing(note)
    #expect(check.findings.map(\.text) == ["Mrs Okafor"])
    let better = ReflectionEdit.answer(prompt: "what", text: "She has stairs, and no rail.")
    try await core.editReflection(note, base: nil, edits: [better])
    let copy = try await core.shareReflection(note, with: ben.person)
    try await meet()
    let read = try await ben.core.sharedReflection(copy).copy.answers["what"]
    #expect(read == "She has stairs, and no rail.")
  }
}

extension TrainingYear {
  func benSignsHerSessionsOnAWardWithoutASignal() async throws {
    let sessions = try await ana.core.logOf(days).sessions.filter { $0.session.kind == .core }
    let request = try await ana.core.requestSignOff(
      .sessions(ids: sessions.map(\.id)), with: ben.person, message: "Before Friday, please.")
    try await meet()
    let asked = try #require(try await ben.core.signOffsAskedOfMe().first)
    #expect(asked.id == request && asked.message == "Before Friday, please.")
    #expect(asked.text.contains("Teaching 3"))
    try await withoutASignal {
      try await ben.core.sign(request, answer: signed("She led two of them."))
      #expect(try await ben.core.signOffRequest(request).standing == .signed)
    }
    try await meet()
    let view = try await tablet.core.signOffRequest(request)
    #expect(view.standing == .signed && view.answers.map(\.person) == [ben.person])
    #expect(view.answers.allSatisfy { $0.byWhoWasAsked && $0.fault == nil })
    #expect(try await tablet.core.changedSinceSignOff(request) == .unchanged)
  }

  func benReturnsHerReflectionAndSignsTheSecond(_ note: DocumentId) async throws {
    let first = try await ana.core.requestSignOff(.reflection(id: note), with: ben.person)
    try await meet()
    let wordless = await error { try await ben.core.sign(first, answer: returned("")) }
    guard case .invalidInput = wordless else { return unexpected(wordless) }
    try await ben.core.sign(first, answer: returned("What would you do next time?"))
    try await meet()
    let view = try await ana.core.signOffRequest(first)
    #expect(view.standing == .returned)
    #expect(view.answers.map(\.statement) == ["What would you do next time?"])
    let next = ReflectionEdit.answer(prompt: "now-what", text: "I ask about stairs at the door.")
    try await ana.core.editReflection(note, base: nil, edits: [next])
    let second = try await ana.core.requestSignOff(.reflection(id: note), with: ben.person)
    try await meet()
    try await ben.core.sign(second, answer: signed(""))
    try await meet()
    let standings = try await ana.core.signOffsOf(note).map(\.standing)
    #expect(standings == [.signed, .returned])
    // Ben supervised her on the ward, and no placement of today names him.
    let capabilities = try await ana.core.coverage().frameworks.flatMap(\.capabilities)
    #expect(capabilities.filter { !$0.links.isEmpty }.map(\.cover) == [.thin])
  }

  /// The sign-off of a plan that was edited after it.
  func aPlanIsSignedAndThenEdited() async throws -> DocumentId {
    let plan = try await ana.core.createProject(title: "Rails for stairs")
    try await ana.core.write("Too many falls at home.", in: .problem, of: plan)
    try await ana.core.addMember(plan, person: ben.person, right: .comment)
    let request = try await ana.core.requestSignOff(.project(id: plan), with: ben.person)
    try await meet()
    let answer = try await ben.core.sign(request, answer: signed("Go on."))
    try await meet()
    #expect(try await ana.core.changedSinceSignOff(request) == .unchanged)
    try await ana.core.write("Too many falls on stairs.", in: .problem, of: plan)
    try await meet()
    for phone in [ana, ben] {
      let since = try await phone.core.changedSinceSignOff(request)
      guard case .changed(let gone, _, _, let sentences) = since else {
        Issue.record("the edit does not show: \(since)")
        continue
      }
      #expect(gone == ["Too many falls at home."] && !sentences.isEmpty)
    }
    let text = try await ana.core.signOffRequest(request).text
    #expect(text.contains("at home"), "what was signed stays")
    return answer
  }

  func drLeeSignsOnHerPhone() async throws {
    let fire = try await ana.core.logOf(days).sessions.filter { $0.session.kind == .statutory }
    let request = try await ana.core.requestSignOff(.sessions(ids: fire.map(\.id)))
    try await withoutASignal {
      let lee = WitnessedSigner(name: "Dr Lee", person: nil, knownBy: "consultant on this ward")
      try await ana.core.signWitnessed(request, by: lee, answer: signed("Present throughout."))
    }
    try await meet()
    let answers = try await tablet.core.signOffRequest(request).answers
    #expect(answers.map(\.witnessed) == ["consultant on this ward"])
    #expect(answers.map(\.signer) == ["Dr Lee"] && answers.allSatisfy { $0.fault == nil })
    let hidden = await error { try await ben.core.signOffRequest(request) }
    guard case .notFound = hidden else { return unexpected(hidden) }
  }
}

extension TrainingYear {
  func thePageOfTheYearAgreesOnAnotherPhone(_ note: DocumentId) async throws {
    await world.server.stop()
    let page = try await ana.core.arcpHtml(days)
    let said = [
      "Royal Infirmary", "Willow Surgery", "Dr Ben Okoro", "A home visit", "Life support",
      "To lead a team meeting", "changed since", "Dr Lee",
    ]
    for words in said { #expect(page.contains(words), "\(words)") }
    #expect(!page.contains("no rail"), "what a reflection says is nobody else's")
    #expect(try await tablet.core.arcpHtml(days) == page, "the same bytes on both")
    #expect(try await tablet.core.verifyArcp(page) == .agrees(renamed: []))
    let altered = page.replacing("Royal Infirmary", with: "Royal Hospital")
    #expect(try await tablet.core.verifyArcp(altered) == .altered)
    let others = try await ben.core.verifyArcp(page)
    #expect(others == .unaltered(why: .ofSomebodyElse))
    let texts = try await ana.core.arcpForm(days).map(\.text).joined()
    #expect(texts.contains("Willow Surgery"))
    #expect(try await ana.core.arcpJson(days).contains("\(days.from)"))
    #expect(try await ana.core.arcpCsv(days).contains("Royal Infirmary"))
    try await world.server.startAgain()

    try await add(Certificate(title: "Safeguarding").adding)
    try await meet()
    let outdated = try await tablet.core.verifyArcp(page)
    #expect(outdated == .outdated(changes: 1, renamed: []))
  }

  func aSignOffIsCheckedWithNothingElse(_ answer: DocumentId) async throws {
    let file = try await ana.core.exportSignOff(answer)
    let nobodys = try await world.phone()
    #expect(try await nobodys.core.verifySignOff(file) == nil)
    let check = try await nobodys.core.checkSignOff(file)
    #expect(check.role == .educational && check.certifiedAs == .supervisor && !check.isNamed)
    let forged = file.replacing("at home", with: "in hospital")
    #expect(try await nobodys.core.verifySignOff(forged) == .anotherText)
    try await ben.core.renewSigningKey()
    #expect(try await nobodys.core.verifySignOff(file) == nil)
  }

  func sheTakesItIntoAnotherProgramme() async throws {
    let file = try await ana.core.export()
    let elsewhere = try await World()
    let new = try await elsewhere.trainee()
    let report = try await new.core.importExport(file)
    #expect(report.reflections == 2 && report.projects == 2 && report.sharedCopies == 1)
    #expect(try await new.core.importExport(file).things == 0, "twice is once")
    let (here, there) = (
      try await ana.core.personalRecord(), try await new.core.personalRecord()
    )
    #expect(here.placements == there.placements && here.sessions == there.sessions)
    #expect(try await new.core.exportCsv().contains("Willow Surgery"))
    #expect(try await new.core.exportReflections().contains("A home visit"))
  }
}

extension TrainingYear {
  /// Adds a thing to Ana's record, on her phone.
  @discardableResult
  func add(_ adding: (ItemId) -> [RecordEdit]) async throws -> ItemId {
    let id = try await ana.core.newItemId()
    try await ana.core.editRecord(adding(id))
    return id
  }
}

private func signed(_ statement: String) -> SignOffAnswer {
  SignOffAnswer(decision: .signed, role: .educational, statement: statement)
}

private func returned(_ statement: String) -> SignOffAnswer {
  SignOffAnswer(decision: .returned, role: .educational, statement: statement)
}

private func session(
  _ title: String, on day: CalendarDate, _ minutes: Int, _ kind: SessionKind
) -> LearningSession {
  LearningSession(
    title: title, activity: nil, module: nil, start: noon(day), minutes: minutes, kind: kind)
}

private let calendar: Calendar = {
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = .gmt
  return calendar
}()

private func noon(_ day: CalendarDate) -> Date {
  var noon = day.components
  noon.hour = 12
  return calendar.date(from: noon) ?? .distantPast
}

/// A day of the year, of which today is the 330th after the first.
private func day(_ number: Int) -> CalendarDate {
  var london = calendar
  london.timeZone = TimeZone(identifier: "Europe/London") ?? .gmt
  let today = noon(CalendarDate(.now, in: london))
  let moment = today.addingTimeInterval(Double(number - 330) * 24 * 60 * 60)
  return CalendarDate(moment, in: calendar)
}
