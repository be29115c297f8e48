import EnhanceKit
import Foundation

// What waits for a person of a fake: all kinds but measures without a value, which need the
// calendar of a measure.

extension Shelf {
  /// What waits now, the newest first.
  func waiting() throws(CoreError) -> [InboxView] {
    let (me, now) = (try me(), memory.latest(clock()))
    var all: [InboxView] = []
    for document in here {
      switch document.content {
      case .copy(let copy): all += self.copy(document, copy, me)
      case .request: all += try request(document, me)
      case .project(let plan): all += project(document, plan.shown, me)
      case .reflection, .signOff: continue
      }
    }
    all += deadlines(me) + invited(me) + byTicket(me)
    let sorted = all.filter { $0.since <= now && !inboxSeen.contains($0.id) }
      .sorted { ($0.since, $0.id.rawValue) > ($1.since, $1.id.rawValue) }
    return sorted.withDeadlines(byDayOf: record.shown.deadlines)
  }

  func inbox(after: InboxPosition?, limit: Int) throws(CoreError) -> Inbox {
    let all = try waiting()
    let rest = all.filter { one in
      after.map { (one.since, one.id.rawValue) < ($0.since, $0.item.rawValue) } ?? true
    }
    let shown = try portion(rest, offset: 0, limit: limit)
    return Inbox(items: shown.items, more: shown.more, counts: counts(all))
  }

  func counts(_ all: [InboxView]) -> InboxCounts {
    let kinds = InboxKind.allCases.map { kind in
      InboxCount(kind: kind, count: all.filter { $0.kind == kind }.count)
    }
    return InboxCounts(total: all.count, byKind: kinds.filter { $0.count > 0 })
  }

  mutating func markInboxSeen(_ id: ItemId) throws(CoreError) {
    guard let item = try waiting().first(where: { $0.id == id }) else {
      throw .notFound(.inboxItem, id.rawValue)
    }
    switch item.kind {
    case .copyShared, .signOffAsked: try markSeen(item.document)
    case .signOffAnswered, .signOffWitnessed:
      try markSeen(DocumentId(rawValue: item.place))
      inboxSeen.insert(id)
    case .commentUnanswered, .suggestionOpen, .actionOverdue, .measureWithoutValue,
      .projectInvited, .handoverOffered:
      throw .notAllowed(item.how)
    case .projectSilent, .commentAnswered, .nudge, .deadline, .handoverDeclined,
      .signOffEnded, .ticketAnswered:
      inboxSeen.insert(id)
    }
    note(.documents)
  }

  // MARK: Where it is found

  /// What the holders of tickets said. Who they are the words say alone.
  private func byTicket(_ me: Person) -> [InboxView] {
    memory.tickets.filter { $0.owner == me.id }.flatMap { ticket -> [InboxView] in
      guard let document = memory.documents[ticket.view.document] else { return [] }
      return ticket.view.answers.map { one in
        let said =
          one.deed == .endorse ? "by ticket, no sign-off: stands behind it" : "by ticket"
        return view(
          .ticketAnswered, document, place: ticket.view.id.rawValue, since: one.at,
          words: "\(one.name) (\(said)). \(one.text)", from: [], known: one.id.rawValue)
      }
    }
  }

  private func invited(_ me: Person) -> [InboxView] {
    memory.documents.values.compactMap { document in
      guard let one = invitation(to: document, me), one.standing == .waiting else { return nil }
      let from = [one.inviter].compactMap { $0 }
      return view(.projectInvited, document, since: one.cameAt, from: from)
    }
  }

  private func copy(
    _ document: FakeDocument, _ copy: SharedReflection, _ me: Person
  ) -> [InboxView] {
    guard document.owner != me, document.seen[me.id] == nil else { return [] }
    return [view(.copyShared, document, since: copy.sharedAt, from: [document.owner])]
  }

  private func request(_ document: FakeDocument, _ me: Person) throws(CoreError) -> [InboxView] {
    let request = try signOffRequest(document.id)
    guard request.mine else {
      guard request.asked == me else { return [] }
      let mine = request.answers.filter { $0.person == me.id }
      guard mine.isEmpty else { return mine.compactMap { witnessed(document, $0) } }
      let asked = view(
        .signOffAsked, document, since: request.at, words: request.message,
        from: [document.owner])
      return [asked] + nudges(document, after: .distantPast)
    }
    let standing = request.answers.filter { !$0.superseded && $0.witnessed == nil }
    let isOverWitnessed = request.answers.contains { $0.superseded && $0.witnessed != nil }
    let ended = try ended(document, request)
    return ended
      + standing.map { answer in
        let decided = answer.decision == .signed ? "Signed" : "Returned"
        let overWitnessed = isOverWitnessed ? ", in the place of what you witnessed" : ""
        let anew =
          answer.supersedes == nil ? overWitnessed : ", in the place of what they answered before"
        return view(
          .signOffAnswered, document, place: answer.id.rawValue, since: answer.at,
          words: "\(decided)\(anew). \(answer.statement)",
          from: answer.person.flatMap { try? person($0) }.map { [$0] } ?? [])
      }
  }

  /// That what was signed for the person of this phone changed since, or is gone. The fakes lose no
  /// devices.
  private func ended(
    _ document: FakeDocument, _ request: SignOffRequestView
  ) throws(CoreError) -> [InboxView] {
    guard let one = request.answers.last(where: { !$0.superseded }), one.decision == .signed
    else { return [] }
    let words: String
    switch try changedSinceSignOff(document.id) {
    case .unchanged, .unknown: return []
    case .changed:
      words =
        "What was signed has changed since. The signature covers what it said then; ask for it "
        + "again."
    case .deleted:
      switch request.kind {
      case .module:
        words =
          "The completion of this module was taken back since. The signature is of what it was."
      case .sessions: words = "What was signed was taken out of the log since."
      case .reflection, .sharedReflection, .project: words = "What was signed was deleted since."
      }
    }
    let signed = request.document.flatMap { memory.documents[$0] }
    return [
      view(
        .signOffEnded, document, since: max(signed?.updatedAt ?? one.at, one.at),
        words: "By \(one.signer). \(words)", letters: 400,
        from: one.person.flatMap { try? person($0) }.map { [$0] } ?? [], known: one.id.rawValue)
    ]
  }

  /// That somebody says of the person of this phone that they answered on theirs.
  private func witnessed(_ document: FakeDocument, _ answer: SignOffView) -> InboxView? {
    guard answer.witnessed != nil, !answer.superseded else { return nil }
    let decided = answer.decision == .signed ? "signed" : "returned"
    let said = "\(document.owner.name) says that you \(decided) it on their device."
    return view(
      .signOffWitnessed, document, place: answer.id.rawValue, since: answer.at,
      words: answer.statement.isEmpty ? said : "\(said) \(answer.statement)",
      from: [document.owner])
  }

  private func project(
    _ document: FakeDocument, _ plan: ChangeProject, _ me: Person
  ) -> [InboxView] {
    let isMine = document.owner == me
    let isConcerned = isMine || me.isEducator
    let open = document.comments.threads(for: me) { _ in .here }.filter(\.waits)
    let comments = open.compactMap { thread -> InboxView? in
      let all = [thread.first].compactMap { $0 } + thread.answers
      guard let last = all.last(where: { !$0.deleted }) else { return nil }
      let isAnswer = all.contains(where: \.mine)
      guard isAnswer || isConcerned else { return nil }
      return view(
        isAnswer ? .commentAnswered : .commentUnanswered, document, place: thread.anchor,
        since: last.at, words: last.body, from: [last.by].compactMap { $0 },
        known: last.place.id.rawValue)
    }
    return comments + (isConcerned ? suggestions(document, me) : [])
      + (isMine ? nudges(document, after: document.written(by: me)) : [])
      + handover(document, me)
      + (plan.isUnderWay ? actions(document, plan, me) + silence(document, me) : [])
  }

  /// For whom a plan is offered to the offer; for its owner that they do not want it.
  private func handover(_ document: FakeDocument, _ me: Person) -> [InboxView] {
    guard let offer = document.members.handover, let since = document.members.offeredAt
    else { return [] }
    let known = "\(offer.to.id)-\(since.timeIntervalSince1970)"
    if offer.declined {
      guard document.owner == me else { return [] }
      return [
        view(
          .handoverDeclined, document, since: since,
          words: "They do not want to own this plan: it is yours.", from: [offer.to],
          known: known)
      ]
    }
    guard offer.to == me else { return [] }
    return [
      view(
        .handoverOffered, document, since: since,
        words: "It is yours once you accept; they \(offer.keeps.kept) after that.",
        from: [offer.from], known: known)
    ]
  }

  private func suggestions(_ document: FakeDocument, _ me: Person) -> [InboxView] {
    document.comments.suggested.filter { $0.state == .open && $0.by != me }.map { one in
      view(
        .suggestionOpen, document, place: one.suggestion.anchor, since: one.suggestion.at,
        words: one.suggestion.replacement, from: [one.by], known: one.id.rawValue)
    }
  }

  /// Nudges that came after who is waited for wrote in it herself; what others write answers
  /// nothing. Those of one day about one thing are one, with who said what.
  private func nudges(_ document: FakeDocument, after written: Date) -> [InboxView] {
    let waiting = document.comments.nudges.filter { $0.by != account?.person && $0.at > written }
    let days = Dictionary(grouping: waiting) { "\($0.anchor) \(CalendarDate(inLondon: $0.at))" }
    return days.map { day, nudges in
      let said = nudges.sorted { ($0.at, $0.by.id.rawValue) < ($1.at, $1.by.id.rawValue) }
      let isOneWord = Set(said.map(\.why)).count == 1
      let words =
        isOneWord
        ? said[0].why : said.map { "\($0.by.name): \($0.why)" }.joined(separator: " / ")
      let who = said.map(\.by.id.rawValue).sorted().joined(separator: " ")
      return view(
        .nudge, document, place: said[0].anchor, since: said.map(\.at).max() ?? .distantPast,
        words: words, letters: .max, from: said.map(\.by), known: "\(day) \(who)")
    }
  }

  private func actions(
    _ document: FakeDocument, _ plan: ChangeProject, _ me: Person
  ) -> [InboxView] {
    plan.actions.compactMap { item in
      guard item.action.doneAt == nil, let due = item.action.due else { return nil }
      let whose = item.action.owner ?? document.owner.id
      guard whose == me.id || me.isEducator else { return nil }
      return view(
        .actionOverdue, document, place: item.id.rawValue, since: due.plus(days: 1).begin,
        words: item.action.text, from: [try? person(whose)].compactMap { $0 })
    }
  }

  private func silence(_ document: FakeDocument, _ me: Person) -> [InboxView] {
    guard me.isEducator, document.owner != me else { return [] }
    let since = document.updatedAt.addingTimeInterval(30 * 24 * 60 * 60)
    return [view(.projectSilent, document, since: since, from: [document.owner])]
  }

  private func deadlines(_ me: Person) -> [InboxView] {
    record.shown.deadlines.flatMap { one -> [InboxView] in
      let days = [-28, -14, -7, 0].map { one.deadline.at.plus(days: $0) }
      // A nearer warning takes the place of the one before it.
      let near = days.last { $0 <= today }
      return [near].compactMap { $0 }.map { day in
        let words = "due on \(one.deadline.at.inWords)"
        let id = ItemId(rawValue: "inbox-deadline-\(one.id)-\(day)")
        return InboxView(
          id: id, kind: .deadline, document: DocumentId(rawValue: "record-of-\(me.id)"),
          documentKind: .personalRecord, place: one.id.rawValue, title: one.deadline.name,
          words: words, people: [],
          since: day.begin, leaves: .whenSeen, how: InboxKind.deadline.how,
          position: InboxPosition(since: day.begin, item: id))
      }
    }
  }

  private func view(
    _ kind: InboxKind, _ document: FakeDocument, place: String = "", since: Date,
    words: String = "", letters: Int = 160, from people: [Person], known: String = ""
  ) -> InboxView {
    let id = ItemId(rawValue: "inbox-\(kind)-\(document.id)-\(place)-\(known)")
    return InboxView(
      id: id, kind: kind, document: document.id, documentKind: document.kind, place: place,
      title: document.listedTitle, words: String(words.prefix(letters)), people: people,
      since: since, leaves: kind.leaves,
      how: kind.how, position: InboxPosition(since: since, item: id))
  }
}

// MARK: A cohort, nudges, supervisors

extension Shelf {
  func cohort() throws(CoreError) -> [CohortTrainee] {
    let me = try me()
    let others = here.filter { $0.owner != me }
    let people = others.filter { [.changeProject, .sharedReflection].contains($0.kind) }
      .map(\.owner).sorted { $0.name < $1.name }
    var ids: Set<PersonId> = []
    return people.filter { ids.insert($0.id).inserted }.map { person in
      let theirs = others.filter { $0.owner == person }
      return CohortTrainee(
        person: person.id, name: person.name,
        projects: theirs.compactMap(glance).sorted { $0.lastChange < $1.lastChange },
        copies: theirs.compactMap { copy($0, me) }.sorted { $0.sharedAt > $1.sharedAt })
    }
  }

  /// Measures without a value are not looked for.
  private func glance(_ document: FakeDocument) -> CohortProject? {
    guard case .project(let plan) = document.content else { return nil }
    let shown = plan.shown
    let open = shown.actions.filter { $0.action.doneAt == nil }
    let silent = clock().timeIntervalSince(document.updatedAt) / (24 * 60 * 60)
    return CohortProject(
      id: document.id, title: shown.title, status: shown.status, progressHalves: shown.progress,
      lastChange: document.updatedAt, silentDays: max(0, Int(silent)), withoutValue: [],
      openActions: open.count,
      overdueActions: open.filter { $0.action.due.map { $0 < today } ?? false }.count)
  }

  private func copy(_ document: FakeDocument, _ me: Person) -> CohortCopy? {
    guard case .copy(let copy) = document.content else { return nil }
    return CohortCopy(
      id: document.id, title: document.listedTitle, sharedAt: copy.sharedAt,
      seenAt: document.seen[me.id]?.at)
  }

  /// First those of today, then those to come, then those of before.
  func supervisors() -> [SupervisorView] {
    let shown = record.shown
    let views = shown.supervisors.compactMap { line -> SupervisorView? in
      guard let post = shown.placements.of(line.supervisor.placement) else { return nil }
      return view(line, in: post)
    }
    return views.sorted { one, other in
      (one.supervision.rank, one.start) < (other.supervision.rank, other.start)
    }
  }

  private func view(_ line: SupervisorItem, in post: PlacementItem) -> SupervisorView {
    let (one, days) = (line.supervisor, post.placement.days)
    let person = one.person.flatMap { try? self.person($0) }
    let name = person?.name ?? one.name
    let (supervision, note): (Supervision, String?) =
      if today < days.from {
        (.future, "\(name) is your \(one.role) supervisor from \(days.from)")
      } else if days.to < today {
        (.past, "\(name) was your \(one.role) supervisor until \(days.to)")
      } else {
        (.present, nil)
      }
    return SupervisorView(
      id: line.id, person: person, name: name, role: one.role, part: one.part,
      placement: one.placement, organisation: post.placement.organisation, start: days.from,
      end: days.to, supervision: supervision, note: note)
  }
}

extension Supervision {
  fileprivate var rank: Int {
    switch self {
    case .present: 0
    case .future: 1
    case .past: 2
    }
  }
}

extension Person {
  /// Whether they supervise, or are a fellow.
  var isEducator: Bool {
    roles.contains { [.supervisor, .fellow].contains($0.role) }
  }
}

extension ChangeProject {
  fileprivate var isUnderWay: Bool {
    ![.handedOver, .completed, .stopped].contains(status)
  }
}

extension Right {
  /// What one may do with a plan that one handed over.
  fileprivate var kept: String {
    switch self {
    case .read: "may read it"
    case .comment: "may read it and comment on it"
    case .edit: "may read it, comment on it and edit it"
    case .own: "may read it, comment on it and edit it"
    }
  }
}

extension CalendarDate {
  /// The first moment of it, by the clock of the world.
  fileprivate var begin: Date { Date(timeIntervalSince1970: Double(number) * 24 * 60 * 60) }
}
