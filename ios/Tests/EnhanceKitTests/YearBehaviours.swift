import EnhanceKit
import Foundation
import Testing

private let year = DaysInARow(from: day(2025, 8, 6), to: day(2026, 8, 4))
private let post = TrainingPlacement(
  organisation: "Bedford Hospital", grade: "F1", start: year.from, end: year.to)

private func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
  CalendarDate(year: year, month: month, day: day)
}

private func noon(_ day: CalendarDate) -> Date {
  var components = day.components
  (components.hour, components.timeZone) = (12, .gmt)
  return Calendar(identifier: .gregorian).date(from: components) ?? .distantPast
}

extension Subject {
  /// Adds a thing to the record and says under which id.
  @discardableResult
  func add(_ adding: (ItemId) -> [RecordEdit]) async throws -> ItemId {
    let id = try await core.newItemId()
    try await core.editRecord(adding(id))
    return id
  }

  /// That a record refuses an edit, with words in which this stands.
  fileprivate func refuses(
    _ adding: (ItemId) -> [RecordEdit], _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let refused = await error(of: { try await add(adding) }, sourceLocation: sourceLocation)
    guard case .invalidInput(_, _, let reason) = refused else {
      return unexpected(refused, sourceLocation: sourceLocation)
    }
    #expect(reason.contains(words), "\(reason)", sourceLocation: sourceLocation)
  }
}

extension Behaviour {
  /// What a person notes of their year, and what follows from it.
  static var ofAYear: [Behaviour] { records + rules + evidence + signOffs + papers + checks }

  private static var records: [Behaviour] {
    [
      Behaviour("a placement is noted, corrected, taken back and put back") { subject in
        let (core, id) = (subject.core, try await subject.add(post.adding))
        #expect(try await core.personalRecord().placements.map(\.placement) == [post])
        let hours = RecordEdit.placement(id: id, edit: .wte(.number(thousandths: 600)))
        #expect(hours.path == "placements/\(id)/wte")
        try await core.editRecord([hours])
        let noted = try await core.personalRecord().placements.first?.placement
        #expect(noted?.wte == .number(thousandths: 600) && noted?.grade == "F1")
        try await core.editRecord([.takeBack(noun: .placement, id: id, at: .now)])
        let without = try await core.personalRecord()
        #expect(without.placements.isEmpty && without.takenBack.map(\.id) == [id])
        #expect(without.takenBack.map(\.thing.noun) == [.placement])
        try await core.editRecord([.putBack(noun: .placement, id: id)])
        #expect(try await core.personalRecord().placements.map(\.placement) == [noted])
      },
      Behaviour("everything in a record is added with all it says") { subject in
        let core = subject.core
        let id = try await subject.add(post.adding)
        try await subject.add(
          PlacementSupervisor(placement: id, name: "Dr Lee", role: .educational).adding)
        try await subject.add(
          WteChange(placement: id, from: day(2025, 12, 1), wte: .number(thousandths: 600)).adding)
        try await subject.add(CareerBreak(kind: .parental, from: day(2026, 1, 5)).adding)
        let absence = Absence(
          kind: .sickness, from: day(2025, 9, 1), days: .number(thousandths: 500))
        try await subject.add(absence.adding)
        let visit = LearningExperience(host: "Food bank", at: day(2025, 10, 1), placement: id)
        try await subject.add(visit.adding)
        let journey = try await subject.add(PatientJourney(title: "From a fall to home").adding)
        let step = JourneyStep(setting: "at home", journey: journey, place: 1)
        try await subject.add(step.adding)
        try await subject.add(PdpGoal(text: "To lead a team meeting").adding)
        let record = try await core.personalRecord()
        #expect(record.supervisors.map(\.supervisor.name) == ["Dr Lee"])
        #expect(record.wteChanges.map(\.change.placement) == [id])
        #expect(record.breaks.map(\.careerBreak.kind) == [.parental])
        #expect(record.absences.map(\.absence) == [absence])
        #expect(record.experiences.map(\.experience) == [visit])
        #expect(record.steps.map(\.step) == [step])
        #expect(record.goals.map(\.goal.status) == [.open])
      },
      Behaviour("a log is of days, and of nothing else") { subject in
        let core = subject.core
        try await subject.add(post.adding)
        let session = LearningSession(
          title: "Grand round", activity: nil, module: nil, start: noon(day(2026, 1, 7)),
          minutes: 60, kind: .core, isSpecialty: false, online: 20, place: "Lecture hall")
        let id = try await subject.add(session.adding)
        let found = try await core.trainingYear(day(2026, 3, 1))
        #expect(found == year)
        let log = try await core.logOf(found)
        #expect(log.sessions.map(\.id) == [id] && log.sessions.map(\.session) == [session])
        #expect(log.count.core == 40 && log.count.elearning == 20)
        #expect(log.years.map(\.factor) == ["1.0000"] && log.years.map(\.days) == [year])
        let before = DaysInARow(from: day(2025, 8, 6), to: day(2026, 1, 6))
        #expect(try await core.logOf(before).sessions.isEmpty)
        let backwards = DaysInARow(from: year.to, to: year.from)
        let refused = await error { try await core.logOf(backwards) }
        guard case .invalidInput(.date, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("less than full time is counted by days") { subject in
        let core = subject.core
        let id = try await subject.add(post.adding)
        try await subject.add(
          WteChange(placement: id, from: day(2025, 12, 1), wte: .number(thousandths: 600)).adding)
        // 117 days of 364 in full, and 247 at three fifths.
        #expect(try await core.logOf(year).years.map(\.factor) == ["0.7286"])
        #expect(try await core.logOf(year).years.map(\.isFullTimeAssumed) == [false])
      },
      Behaviour("what may be noted twice is said") { subject in
        let start = noon(day(2026, 1, 7))
        let round = LearningSession(
          title: "Grand round", activity: nil, module: nil, start: start, minutes: 60, kind: .core)
        let first = try await subject.add(round.adding)
        let later = LearningSession(
          title: "Clinic", activity: nil, module: nil, start: start.addingTimeInterval(1_800),
          minutes: 60, kind: .nonCore)
        let second = try await subject.add(later.adding)
        let log = try await subject.core.logOf(year)
        #expect(Set(log.sessions.map(\.id)) == [first, second] && log.doubtful == [second])
      },
    ]
  }

  private static var rules: [Behaviour] {
    [
      Behaviour("what cannot be is not noted, and nothing of it") { subject in
        let core = subject.core
        let backwards = TrainingPlacement(
          organisation: "Bedford Hospital", start: year.to, end: year.from)
        await subject.refuses(backwards.adding, "it cannot end on")
        await subject.refuses(
          TrainingPlacement(
            organisation: "Bedford Hospital", start: year.from, end: year.to,
            wte: .number(thousandths: 100)
          ).adding, "whole-time equivalents go from 0.2 to 1")
        await subject.refuses({ [.add(noun: .placement, id: $0)] }, "start and end too")
        await subject.refuses({ [.add(noun: .measure, id: $0)] }, "a personal record has no")
        let unknown = try await core.newItemId()
        await subject.refuses(
          PlacementSupervisor(placement: unknown, name: "Dr Lee", role: .clinical).adding,
          "is not in this record")
        await subject.refuses(PdpGoal().adding, "what you want to be able to do")
        let tomorrow = Date.now.addingTimeInterval(36 * 60 * 60)
        let early = LearningSession(
          title: "Grand round", activity: nil, module: nil, start: tomorrow, minutes: 60,
          kind: .core)
        await subject.refuses(early.adding, "lies in the future")
        let endless = LearningSession(
          title: "Grand round", activity: nil, module: nil, start: noon(year.from), minutes: 0,
          kind: .core)
        await subject.refuses(endless.adding, "at least a minute")
        #expect(try await core.personalRecord() == PersonalRecord())
      },
      Behaviour("what was is noted once it was, and what is to come is planned") { subject in
        let later = CalendarDate(Date.now.addingTimeInterval(4 * 24 * 60 * 60))
        await subject.refuses(
          Certificate(title: "Life support", issued: later).adding, "lies in the future")
        try await subject.add(Certificate(title: "Life support", expires: later).adding)
        try await subject.add(
          Absence(kind: .parental, from: later, days: .number(thousandths: 1_000)).adding)
        let other = DaysInARow(from: day(2569, 1, 1), to: day(2569, 12, 31))
        let refused = await error { try await subject.core.logOf(other) }
        guard case .invalidInput(_, _, let why) = refused else { return unexpected(refused) }
        #expect(why.contains("years go from 1950 to 2150"))
      },
      Behaviour("all of an edit of a record is written, or none") { subject in
        let (core, first) = (subject.core, try await subject.core.newItemId())
        await subject.refuses(
          { id in Certificate(title: "Life support").adding(first) + PdpGoal().adding(id) },
          "what you want to be able to do")
        #expect(try await core.personalRecord().certificates.isEmpty)
      },
    ]
  }

  private static var evidence: [Behaviour] {
    [
      Behaviour("evidence covers what it is linked to") { subject in
        let core = subject.core
        let note = try await subject.reflect("I asked what mattered.")
        let statement = EvidenceStatement.capability("fpc-9")
        let link = EvidenceLink(
          evidence: .document(note), statement: statement, justification: "I asked first.")
        let id = try await subject.add(link.adding)
        let covers = try await core.coverage().capabilities
        #expect(covers == [StatementCover(statement: statement, cover: .thin, links: [id])])
        let second = try await subject.reflect("I asked once more.")
        let more = EvidenceLink(
          evidence: .document(second), statement: statement, justification: "And again.")
        _ = try await subject.add(more.adding)
        #expect(try await core.coverage().capabilities.map(\.cover) == [.covered])
      },
      Behaviour("a deadline is warned of 28, 14 and 7 days before it") { subject in
        let core = subject.core
        let at = CalendarDate(Date.now.addingTimeInterval(20 * 24 * 60 * 60))
        let later = CalendarDate(Date.now.addingTimeInterval(90 * 24 * 60 * 60))
        let late = try await subject.add(EvidenceDeadline(name: "Review", at: later).adding)
        let soon = try await subject.add(EvidenceDeadline(name: "Portfolio", at: at).adding)
        #expect(try await core.deadlines().map(\.id) == [soon, late])
        let warnings = try await core.deadlineWarnings()
        #expect(warnings.filter { $0.deadline == late }.map(\.daysLeft) == [28, 14, 7])
        #expect(warnings.filter { $0.deadline == soon }.map(\.daysLeft) == [14, 7])
        #expect(warnings.map(\.on) == warnings.map(\.on).sorted())
      },
      Behaviour("certificates are listed, those that run out first first") { subject in
        let soon = CalendarDate(Date.now.addingTimeInterval(10 * 24 * 60 * 60))
        let never = try await subject.add(Certificate(title: "Good practice").adding)
        let support = Certificate(title: "Life support", expires: soon)
        let first = try await subject.add(support.adding)
        let listed = try await subject.core.certificates()
        #expect(listed.map(\.id) == [first, never])
        #expect(listed.first.flatMap(\.daysLeft).map { (9...10).contains($0) } == true)
        #expect(listed.last?.daysLeft == nil)
      },
      Behaviour("before there is a programme its map is empty, and this year in it") { subject in
        let map = try await subject.core.programmeMap()
        #expect(map.modules.isEmpty && map.years.count == 1)
        #expect(try await subject.core.coverage().domains.isEmpty)
        let refused = await error {
          try await subject.core.completeActivityWith("pop-1", evidence: nil, reason: "ill")
        }
        guard case .notFound = refused else { return unexpected(refused) }
      },
    ]
  }
}
