import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

private let purpose = "Does this fit what your carers see?"

private func wanted(_ document: DocumentId) -> NewTicket {
  NewTicket(document: document, purpose: purpose, right: .comment, days: 14, uses: 3)
}

extension Behaviour {
  /// What the owner of a ticket does with it.
  static var tickets: [Behaviour] {
    [
      Behaviour("a ticket is made, listed and ended") { subject in
        let core = subject.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        let ticket = try await core.makeTicket(wanted(plan))
        #expect(ticket.document == plan && ticket.title == "Falls on ward 7")
        #expect(ticket.standing == .open && ticket.usesLeft == 3)
        #expect(ticket.link.contains("#ticket="))
        #expect(try await core.tickets() == [ticket])
        #expect(try await core.ticketsOf(plan) == [ticket])
        #expect(try await subject.other.refreshTickets() == [])
        #expect(try await core.endTicket(ticket.id).standing == .ended)
        #expect(try await core.refreshTickets().map(\.standing) == [.ended])
        let item = try await core.newItemId()
        let unknown = await error { try await core.endTicket(item) }
        guard case .notFound(.ticket, _, _, _) = unknown else { return unexpected(unknown) }
      },
      Behaviour("what a ticket shows is looked through before") { subject in
        let core = subject.core
        let reflection = try await subject.reflect("NHS 943 476 5919 died.")
        let unseen = await error { try await core.makeTicket(wanted(reflection)) }
        guard case .notAllowed("unacknowledged", _) = unseen else { return unexpected(unseen) }
        let seen = try await core.checkBeforeTicket(reflection, purpose: purpose)
        _ = try await core.makeTicket(
          wanted(reflection), acknowledged: seen.acknowledgement)
        let plan = try await core.createProject(title: "Falls on ward 7")
        let short = NewTicket(document: plan, purpose: purpose, right: .read, days: 0, uses: 1)
        let refused = await error { try await core.makeTicket(short) }
        guard case .invalidInput(.ticket, _, _) = refused else { return unexpected(refused) }
      },
    ]
  }
}

extension Stories {
  /// What somebody without an account does with the link of a ticket.
  @Suite struct TicketStories {
    @Test func whatAHolderSaysComesBack() async throws {
      let world = try await World()
      let ana = try await world.trainee()
      let plan = try await ana.core.createProject(title: "Falls on ward 7")
      let link = try await ana.core.makeTicket(wanted(plan)).link
      let sam = try await OpenTicket.open(link, name: "Sam Reed")
      #expect(sam.opened.snapshot.title == "Falls on ward 7")
      #expect(sam.opened.snapshot.purpose == purpose)
      try await sam.comment("The carers come at six.")
      let again = try await OpenTicket.open(link, name: "Sam Reed", visit: sam.opened.visit)
      #expect(again.opened.usesLeft == 2)
      try await ana.core.sync()
      let answer = try #require(try await ana.core.tickets().first?.answers.first)
      #expect(answer.name == "Sam Reed" && answer.text == "The carers come at six.")
      #expect(try await ana.core.inbox().items.map(\.kind) == [.ticketAnswered])
      let more = await error { try await sam.endorse("I stand behind it.") }
      guard case .notAllowed = more else { return unexpected(more) }
    }

    @Test func inMemoryTheSame() async throws {
      let core = FakeLearningCore()
      let plan = try await core.createProject(title: "Falls on ward 7")
      let link = try await core.makeTicket(wanted(plan)).link
      #expect(try await core.openTicket(link, name: "Sam Reed").usesLeft == 2)
      try await core.answerTicket(link, .comment, "The carers come at six.", name: "Sam Reed")
      let waiting = try #require(try await core.inbox().items.first)
      #expect(waiting.kind == .ticketAnswered && waiting.document == plan)
      try await core.markInboxSeen(waiting.id)
      #expect(try await core.inbox().items.isEmpty)
      let more = await error { try await core.answerTicket(link, .endorse, "Yes.", name: "Sam") }
      guard case .notAllowed = more else { return unexpected(more) }
    }
  }
}
