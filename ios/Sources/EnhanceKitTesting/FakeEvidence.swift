import EnhanceKit
import Foundation

// What follows from a record: what its evidence covers, and what there is to be warned of.

extension PersonalRecord {
  /// How well each of these statements is covered, in their order.
  func coverage(
    _ statements: [EvidenceStatement], _ standing: FakeStanding
  ) -> [StatementCover] {
    statements.map { statement in
      let links = standingLinks(standing).filter { $0.link.statement == statement }
      var pieces: Set<EvidenceSource> = []
      let first = links.filter { pieces.insert(standing.piece($0.link.evidence)).inserted }
      return StatementCover(
        statement: statement, cover: EvidenceCover(links.map(\.link), standing),
        links: first.map(\.id), isWitnessed: standing.isWitnessed(links.map(\.link)))
    }
  }

  /// What the evidence covers of a programme.
  func coverage(_ programme: Programme?, _ standing: FakeStanding) -> Coverage {
    let outcomes = (programme?.modules ?? []).flatMap(\.outcomes)
    let domains = (programme?.domains ?? []).map { domain in
      let covers = coverage(
        outcomes.filter { $0.domain == domain.key }.map { .outcome($0.key) }.once, standing)
      return DomainCover(
        key: domain.key, title: domain.title, cover: EvidenceCover(group: covers.map(\.cover)),
        outcomes: covers)
    }
    let known = domains.flatMap(\.outcomes).map(\.statement)
    let others = standingLinks(standing).map(\.link.statement).once.filter { !known.contains($0) }
    return Coverage(
      domains: domains, otherOutcomes: coverage(others.filter { !$0.isCapability }, standing),
      capabilities: coverage(others.filter(\.isCapability), standing))
  }

  /// What shows something that was taken back or deleted shows nothing.
  private func standingLinks(_ standing: FakeStanding) -> [EvidenceLinkItem] {
    evidence.filter { !isGone($0.link.evidence, standing) }
  }

  /// Whether something that is given as evidence was taken back or deleted.
  func isGone(_ source: EvidenceSource, _ standing: FakeStanding) -> Bool {
    switch source {
    case .item(let item): takenBack.contains { $0.id == item }
    case .document(let id): standing.deleted.contains(id)
    }
  }

  /// What is shown by something: links, completions and debriefs.
  func shown(by source: EvidenceSource) -> [ItemId] {
    evidence.filter { $0.link.evidence == source }.map(\.id)
      + modulesCompleted.filter { $0.completion.evidence == source }.map(\.id)
      + activitiesCompleted.filter { $0.completion.evidence == source }.map(\.id)
      + debriefs.filter { $0.debrief.evidence == source }.map(\.id)
  }

  /// When a module was completed first.
  func completed(_ module: String) -> Date? {
    modulesCompleted.map(\.completion).filter { $0.module == module }.map(\.at).min()
  }

  /// Minutes of learning sessions that count towards a module.
  func minutes(on module: String, in days: DaysInARow? = nil) -> Int {
    let counting = sessions.filter { one in
      one.session.module == module && days.map { $0.contains(one.day) } ?? true
    }
    return counting.map(\.session.minutes).reduce(0, +)
  }

  /// The deadlines, soonest first, as they are on a day.
  func deadlines(on today: CalendarDate) -> [DeadlineView] {
    deadlines.sorted { ($0.deadline.at, $0.id.rawValue) < ($1.deadline.at, $1.id.rawValue) }
      .map { one in
        DeadlineView(
          id: one.id, deadline: one.deadline, daysLeft: Int32(today.days(until: one.deadline.at)))
      }
  }

  /// 28, 14 and 7 days before each deadline, from a day on.
  func warnings(from today: CalendarDate) -> [DeadlineWarning] {
    deadlines.flatMap { one in
      [28, 14, 7].map { days in
        DeadlineWarning(
          deadline: one.id, on: one.deadline.at.plus(days: -days), daysLeft: Int32(days))
      }
    }
    .filter { $0.on >= today }
    .sorted { ($0.on, $0.deadline.rawValue) < ($1.on, $1.deadline.rawValue) }
  }

  /// The certificates, those that run out first first, as they are on a day.
  func certificates(on today: CalendarDate) -> [CertificateView] {
    certificates.map { one in
      CertificateView(
        id: one.id, certificate: one.certificate,
        daysLeft: one.certificate.expires.map { Int32(today.days(until: $0)) })
    }
    .sorted { ($0.daysLeft ?? .max, $0.id.rawValue) < ($1.daysLeft ?? .max, $1.id.rawValue) }
  }
}

extension EvidenceCover {
  /// Evidence to which a supervisor did not agree counts for nothing, and one piece that is linked
  /// twice counts once.
  init(_ links: [EvidenceLink], _ standing: FakeStanding) {
    let counting = links.filter { standing.agreement($0) != .notAgreed }
    let pieces = Set(counting.map { standing.piece($0.evidence) })
    if pieces.isEmpty {
      self = .missing
    } else {
      let isEnough = pieces.count >= 2 || counting.contains { standing.agreement($0) == .agreed }
      self = isEnough ? .covered : .thin
    }
  }

  /// All of it, some of it, none.
  init(group: [EvidenceCover]) {
    if group.allSatisfy({ $0 == .missing }) {
      self = .missing
    } else {
      self = group.allSatisfy { $0 == .covered } ? .covered : .thin
    }
  }
}

extension EvidenceStatement {
  fileprivate var isCapability: Bool {
    if case .capability = self { true } else { false }
  }
}

extension Array where Element: Hashable {
  /// Each of them once, where it came first.
  var once: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
