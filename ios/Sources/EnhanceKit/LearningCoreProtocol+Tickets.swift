/// What an app asks for somebody without an account: tickets, which are links by which they read
/// one text. ``OpenTicket`` is what their holder has.
public protocol TicketsProtocol: Actor {
  /// Makes a ticket: a link by which somebody without an account reads a reflection, a copy or a
  /// plan of this person as it stands now, without history, and may say something about it. What
  /// was typed is settled. The server can read nothing of it.
  ///
  /// With a probable identifier in it nothing is made: `CoreError.notAllowed` with the code
  /// `unacknowledged`. Then show what ``checkBeforeTicket(_:purpose:)`` finds.
  ///
  /// - Parameter acknowledged: Comes with the check the person has seen.
  @discardableResult
  func makeTicket(_ ticket: NewTicket, acknowledged: Sha256?) async throws -> TicketView

  /// Looks through what a ticket would show for what may tell who somebody is,
  /// with what is said to its holder.
  func checkBeforeTicket(_ document: DocumentId, purpose: String) throws -> SharingCheck

  /// The tickets of this person, the newest first, as this device has heard of them: who opened
  /// them, and what they said. An endorsement is no sign-off.
  func tickets() throws -> [TicketView]

  /// The tickets that show the text of a document, the newest first.
  func ticketsOf(_ document: DocumentId) throws -> [TicketView]

  /// Asks the server what became of this person's tickets, those of their other devices included.
  /// While a ticket made or heard of here can be used, each sync does so as well.
  @discardableResult
  func refreshTickets() async throws -> [TicketView]

  /// Ends a ticket: what it shows is destroyed on the server, and its link opens nothing more.
  @discardableResult
  func endTicket(_ ticket: ItemId) async throws -> TicketView
}

extension TicketsProtocol {
  @discardableResult
  public func makeTicket(_ ticket: NewTicket) async throws -> TicketView {
    try await makeTicket(ticket, acknowledged: nil)
  }
}

extension LearningCoreProtocol {
  /// The ``tickets()``, now and whenever they change here; what holders did comes with a sync.
  public nonisolated func watchTickets() -> AsyncThrowingStream<[TicketView], any Error> {
    watch(.members) { try await self.tickets() }
  }
}
