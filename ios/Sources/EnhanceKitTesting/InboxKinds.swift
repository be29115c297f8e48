import EnhanceKit

// How what waits leaves the inbox, as the core says it.

extension InboxKind {
  /// What is seen also leaves once there is nothing to see any more.
  var leaves: Leaves {
    switch self {
    case .signOffAsked, .commentUnanswered, .suggestionOpen, .actionOverdue,
      .measureWithoutValue, .projectInvited, .handoverOffered:
      .whenDone
    case .copyShared, .projectSilent, .commentAnswered, .signOffAnswered, .signOffWitnessed,
      .signOffEnded, .nudge, .deadline, .handoverDeclined, .ticketAnswered:
      .whenSeen
    }
  }

  var how: String {
    switch self {
    case .projectInvited: "It leaves the inbox when you accept or decline it, or after 30 days."
    case .handoverOffered:
      "It leaves the inbox when you accept or decline it, or when it is taken back."
    case .handoverDeclined: "It leaves the inbox when you have seen it, or offer the plan anew."
    case .signOffAsked: "It leaves the inbox when you sign it or return it."
    case .copyShared: "It leaves the inbox when you have seen it; who shared it is told."
    case .commentUnanswered: "It leaves the inbox when you answer, or when it is settled."
    case .suggestionOpen: "It leaves the inbox when somebody accepts or rejects it."
    case .actionOverdue: "It leaves the inbox when it is done or has another day."
    case .projectSilent: "It leaves the inbox when you have seen it, or somebody writes again."
    case .measureWithoutValue: "It leaves the inbox when a value is entered."
    case .commentAnswered: "It leaves the inbox when you have seen it, or answer."
    case .signOffAnswered: "It leaves the inbox when you have seen it; who signed it is told."
    case .signOffWitnessed:
      "It leaves the inbox when you have seen it, or answer with your own key; who says so is told."
    case .nudge:
      "It leaves the inbox when you have seen it, or do it: write in the plan yourself, or sign."
    case .signOffEnded, .ticketAnswered: "It leaves the inbox when you have seen it."
    case .deadline: "It leaves the inbox when you have seen it, and comes again as it nears."
    }
  }
}

extension [InboxView] {
  /// Deadlines in the order of their days, each in the place of another. The places stay as they
  /// were.
  func withDeadlines(byDayOf deadlines: [EvidenceDeadlineItem]) -> [InboxView] {
    let day = { (item: InboxView) in
      deadlines.first { $0.id.rawValue == item.place }?.deadline.at.number ?? 0
    }
    let sorted = filter { $0.kind == .deadline }
      .sorted { (day($0), $0.id.rawValue) < (day($1), $1.id.rawValue) }
    var next = sorted.makeIterator()
    return map { item in
      guard item.kind == .deadline, let moved = next.next() else { return item }
      return InboxView(
        id: moved.id, kind: moved.kind, document: moved.document,
        documentKind: moved.documentKind, place: moved.place, title: moved.title,
        words: moved.words, people: moved.people, since: moved.since, leaves: moved.leaves,
        how: moved.how, position: item.position)
    }
  }
}
