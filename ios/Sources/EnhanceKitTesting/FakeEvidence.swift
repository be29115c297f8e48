import EnhanceKit
import Foundation

// What follows from a record: what its evidence covers, and what there is to be warned of.

extension PersonalRecord {
  /// How well each of these statements is covered, in their order.
  func coverage(_ statements: [EvidenceStatement]) -> [StatementCover] {
    statements.map { statement in
      let links = standingLinks.filter { $0.link.statement == statement }
      return StatementCover(
        statement: statement, cover: EvidenceCover(links.map(\.link)), links: links.map(\.id))
    }
  }

  /// What the evidence covers of a programme.
  func coverage(_ programme: Programme?) -> Coverage {
    let outcomes = (programme?.modules ?? []).flatMap(\.outcomes)
    let domains = (programme?.domains ?? []).map { domain in
      let covers = coverage(
        outcomes.filter { $0.domain == domain.key }.map { .outcome($0.key) }.once)
      return DomainCover(
        key: domain.key, title: domain.title, cover: EvidenceCover(group: covers.map(\.cover)),
        outcomes: covers)
    }
    let known = domains.flatMap(\.outcomes).map(\.statement)
    let others = standingLinks.map(\.link.statement).once.filter { !known.contains($0) }
    return Coverage(
      domains: domains, otherOutcomes: coverage(others.filter { !$0.isCapability }),
      capabilities: coverage(others.filter(\.isCapability)))
  }

  /// What shows something that was taken back shows nothing.
  private var standingLinks: [EvidenceLinkItem] {
    evidence.filter { one in
      guard case .item(let item) = one.link.evidence else { return true }
      return !takenBack.contains { $0.id == item }
    }
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
  /// Evidence to which a supervisor did not agree counts for nothing.
  init(_ links: [EvidenceLink]) {
    let counting = links.filter { $0.agreement != .notAgreed }
    if counting.isEmpty {
      self = .missing
    } else {
      let isEnough = counting.count >= 2 || counting.contains { $0.agreement == .agreed }
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
