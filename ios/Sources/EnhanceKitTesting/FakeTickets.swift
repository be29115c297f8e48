import EnhanceKit
import Foundation

// Tickets of a fake: links by which somebody without an account reads one text.

/// A ticket as it is kept, and what it shows.
struct FakeTicket {
  let owner: PersonId
  let shown: TicketSnapshot
  var view: TicketView
}

extension Shelf {
  func checkTicket(_ id: DocumentId, _ purpose: String) throws(CoreError) -> SharingCheck {
    check(try ticketTexts(id) + [(.message, purpose.trimmed)], of: id)
  }

  mutating func makeTicket(
    _ wanted: NewTicket, _ acknowledged: Sha256?
  ) throws(CoreError) -> TicketView {
    let (document, me) = (try document(wanted.document), try me())
    guard document.owner == me else {
      throw .notAllowed("making a ticket for it needs the right to own; yours is less")
    }
    let purpose = wanted.purpose.trimmed
    guard !purpose.isEmpty, purpose.unicodeScalars.count <= 280 else {
      throw .unfit(.ticket, "say in 1 to 280 letters what you ask for")
    }
    guard (1...90).contains(wanted.days) else {
      throw .unfit(.ticket, "a ticket is good for 1 to 90 days")
    }
    guard (1...50).contains(wanted.uses) else {
      throw .unfit(.ticket, "a ticket can be opened 1 to 50 times")
    }
    try checkTicket(wanted.document, purpose).mustBeSettled(acknowledged)
    let (id, now) = (ItemId(rawValue: memory.fresh("ticket")), memory.moment(clock()))
    let shown = TicketSnapshot(
      kind: document.kind, title: document.title, from: me.name, purpose: purpose, at: now,
      parts: [TicketPart(heading: "", text: document.text)])
    let link = "https://enhance.example.org/#ticket=\(id.rawValue)"
    let view = TicketView(
      id: id, document: document.id, title: document.title, purpose: purpose,
      right: wanted.right, standing: .open, madeAt: now,
      expiresAt: now.addingTimeInterval(Double(wanted.days) * 24 * 60 * 60), uses: wanted.uses,
      usesLeft: wanted.uses, endedAt: nil, visits: [], answers: [], link: link)
    memory.tickets.append(FakeTicket(owner: me.id, shown: shown, view: view))
    note(.members, of: document.id)
    return view
  }

  /// Those of this person as they stand now, the newest first.
  func tickets() throws(CoreError) -> [TicketView] {
    let (me, now) = (try me().id, clock())
    return memory.tickets.filter { $0.owner == me }.reversed().map { ticket in
      ticket.view.endedAt == nil && now >= ticket.view.expiresAt
        ? ticket.view.with(standing: .expired) : ticket.view
    }
  }

  mutating func endTicket(_ id: ItemId) throws(CoreError) -> TicketView {
    let me = try me().id
    guard let index = memory.tickets.firstIndex(where: { $0.view.id == id && $0.owner == me })
    else { throw .notFound(.ticket, id.rawValue) }
    let view = memory.tickets[index].view
    let ended = view.with(standing: .ended, endedAt: view.endedAt ?? clock())
    memory.tickets[index].view = ended
    note(.members, of: ended.document)
    return ended
  }

  // MARK: As their holder

  mutating func open(_ link: String, as name: String) throws(CoreError) -> OpenedTicket {
    let index = try good(link)
    let (shown, view) = (memory.tickets[index].shown, memory.tickets[index].view)
    guard view.usesLeft > 0 else {
      throw .refused(code: "ticket_used_up", reason: "it was opened as often as it can be")
    }
    let visit = TicketVisit(id: ItemId(rawValue: memory.fresh("visit")), name: name, at: clock())
    let left = view.usesLeft - 1
    memory.tickets[index].view = view.with(
      standing: left == 0 ? .usedUp : .open, usesLeft: left, visits: view.visits + [visit])
    note(.members, of: view.document)
    return OpenedTicket(
      snapshot: shown, right: view.right, expiresAt: view.expiresAt, usesLeft: left,
      visit: visit.id)
  }

  mutating func say(
    _ deed: TicketDeed, _ text: String, as name: String, by link: String
  ) throws(CoreError) -> Date {
    let index = try good(link)
    let view = memory.tickets[index].view
    let isAllowed = view.right == .endorse || deed == .comment && view.right == .comment
    guard isAllowed else { throw .notAllowed("this ticket is to \(view.right), not more") }
    let text = text.trimmed
    guard !text.isEmpty else { throw .unfit(.comment, "say it in 1 to 4000 letters") }
    let isSame = { (one: TicketAnswer) in
      one.name == name && one.deed == deed && one.text == text
    }
    if let known = view.answers.first(where: isSame) { return known.at }
    let answer = TicketAnswer(
      id: ItemId(rawValue: memory.fresh("answer")), deed: deed, name: name, text: text,
      at: memory.moment(clock()))
    memory.tickets[index].view = view.with(answers: view.answers + [answer])
    note(.members, of: view.document)
    return answer.at
  }

  private func good(_ link: String) throws(CoreError) -> Int {
    guard let index = memory.tickets.firstIndex(where: { $0.view.link == link }) else {
      throw .refused(code: "ticket_unknown", reason: "there is no such ticket; check the link")
    }
    let view = memory.tickets[index].view
    guard view.endedAt == nil else {
      throw .refused(code: "ticket_ended", reason: "this ticket was ended by who made it")
    }
    guard clock() < view.expiresAt else {
      throw .refused(code: "ticket_expired", reason: "the time of this ticket is over")
    }
    return index
  }

  private func ticketTexts(
    _ id: DocumentId
  ) throws(CoreError) -> [(place: TextPlace, text: String)] {
    guard case .copy(let copy) = try document(id).content else { return try texts(of: id) }
    return [(.title, copy.title)] + copy.answers.map { (.answer($0.key), $0.value) }
  }
}

// MARK: What an app asks

extension FakeLearningCore {
  @discardableResult
  public func makeTicket(
    _ ticket: NewTicket, acknowledged: Sha256?
  ) async throws -> TicketView {
    try exchange { shelf throws(CoreError) in try shelf.makeTicket(ticket, acknowledged) }
  }

  public func checkBeforeTicket(_ document: DocumentId, purpose: String) throws -> SharingCheck {
    try ask { shelf throws(CoreError) in try shelf.checkTicket(document, purpose) }
  }

  public func tickets() throws -> [TicketView] {
    try ask { shelf throws(CoreError) in try shelf.tickets() }
  }

  public func ticketsOf(_ document: DocumentId) throws -> [TicketView] {
    try ask { shelf throws(CoreError) in
      try shelf.tickets().filter { $0.document == document }
    }
  }

  @discardableResult
  public func refreshTickets() async throws -> [TicketView] {
    try exchange { shelf throws(CoreError) in try shelf.tickets() }
  }

  @discardableResult
  public func endTicket(_ ticket: ItemId) async throws -> TicketView {
    try exchange { shelf throws(CoreError) in try shelf.endTicket(ticket) }
  }

  /// Opens a ticket of this memory as somebody without an account would.
  public func openTicket(_ link: String, name: String) throws -> OpenedTicket {
    try ask { shelf throws(CoreError) in try shelf.open(link, as: name) }
  }

  /// Says something as the holder of a ticket of this memory: a comment or an endorsement.
  @discardableResult
  public func answerTicket(
    _ link: String, _ deed: TicketDeed, _ text: String, name: String
  ) throws -> Date {
    try ask { shelf throws(CoreError) in
      try shelf.say(deed, text, as: name, by: link)
    }
  }
}

extension TicketView {
  fileprivate func with(
    standing: TicketStanding? = nil, usesLeft: Int? = nil, endedAt: Date? = nil,
    visits: [TicketVisit]? = nil, answers: [TicketAnswer]? = nil
  ) -> TicketView {
    TicketView(
      id: id, document: document, title: title, purpose: purpose, right: right,
      standing: standing ?? self.standing, madeAt: madeAt, expiresAt: expiresAt, uses: uses,
      usesLeft: usesLeft ?? self.usesLeft, endedAt: endedAt ?? self.endedAt,
      visits: visits ?? self.visits, answers: answers ?? self.answers, link: link)
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
