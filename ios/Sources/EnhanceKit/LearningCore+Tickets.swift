extension LearningCore {
  @discardableResult
  public func makeTicket(
    _ ticket: NewTicket, acknowledged: Sha256?
  ) async throws -> TicketView {
    typings.flushAll()
    return try await cancellable {
      try await $0.makeTicket(ticket: ticket, acknowledged: acknowledged, cancellation: $1)
    }
  }

  public func checkBeforeTicket(_ document: DocumentId, purpose: String) throws -> SharingCheck {
    try ask { try $0.checkBeforeTicket(document: document, purpose: purpose) }
  }

  public func tickets() throws -> [TicketView] {
    try ask { try $0.tickets() }
  }

  public func ticketsOf(_ document: DocumentId) throws -> [TicketView] {
    try ask { try $0.ticketsOf(document: document) }
  }

  @discardableResult
  public func refreshTickets() async throws -> [TicketView] {
    try await cancellable { try await $0.refreshTickets(cancellation: $1) }
  }

  @discardableResult
  public func endTicket(_ ticket: ItemId) async throws -> TicketView {
    try await cancellable { try await $0.endTicket(ticket: ticket, cancellation: $1) }
  }
}
