//! Tickets of this person: links for partners and assessors who have no account.

use enhance_model::{DocumentId, ItemId, Sha256};

use super::LearningCore;
use crate::{
    asked::{
        checking::SharingCheck,
        tickets::{self, NewTicket, TicketView},
    },
    cancellation::Cancellation,
    error::Error,
};

impl LearningCore {
    /// Makes a ticket: a link by which somebody without an account reads a reflection, a copy or a
    /// plan of this person as it stands now, without history, and may say something about it. What
    /// was typed is settled. The server keeps it sealed and can read nothing of it.
    ///
    /// The text is looked through on this device first, together with what is said to the holder:
    /// see [`check_before_ticket`](Self::check_before_ticket). `acknowledged` comes with the check.
    ///
    /// ```no_run
    /// use enhance_client::{
    ///     Cancellation, Error, LearningCore, NewTicket,
    ///     model::{DocumentId, ticket::TicketRight},
    /// };
    ///
    /// # async fn example(core: &LearningCore, document: DocumentId) -> Result<(), Error> {
    /// let purpose = "Does this fit what your carers see?".to_owned();
    /// let right = TicketRight::Comment;
    /// let wanted = NewTicket { document, purpose, right, days: 14, uses: 3 };
    /// let ticket = core.make_ticket(wanted, None, &Cancellation::new()).await?;
    /// println!("{}", ticket.link);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn make_ticket(
        &self,
        wanted: NewTicket,
        acknowledged: Option<Sha256>,
        cancel: &Cancellation,
    ) -> Result<TicketView, Error> {
        tickets::make(&self.state, wanted, acknowledged, cancel).await
    }

    /// Looks through what a ticket would show for what may tell who somebody is, with what is said
    /// to its holder. See [`check_before_sharing`](Self::check_before_sharing).
    pub fn check_before_ticket(
        &self,
        document: DocumentId,
        purpose: &str,
    ) -> Result<SharingCheck, Error> {
        self.state.with(|state| tickets::check(state, document, purpose))
    }

    /// The tickets of this person, the newest first, as this device has heard of them: who opened
    /// them, and what they said.
    pub fn tickets(&self) -> Result<Vec<TicketView>, Error> {
        let now = self.state.environment().clock.now();
        self.state.read(|screen| tickets::all(screen, None, now))
    }

    /// The tickets that show the text of a document, the newest first.
    pub fn tickets_of(&self, document: DocumentId) -> Result<Vec<TicketView>, Error> {
        let now = self.state.environment().clock.now();
        self.state.read(|screen| tickets::all(screen, Some(document), now))
    }

    /// Asks the server what became of this person's tickets, those of their other devices
    /// included. While a ticket made or heard of here can be used, each sync does so as well. A
    /// ticket of a document that was deleted is ended.
    pub async fn refresh_tickets(&self, cancel: &Cancellation) -> Result<Vec<TicketView>, Error> {
        tickets::refresh(&self.state, cancel).await?;
        self.tickets()
    }

    /// Ends a ticket: what it shows is destroyed on the server, and its link opens nothing more.
    /// What was said by then stays.
    pub async fn end_ticket(
        &self,
        ticket: ItemId,
        cancel: &Cancellation,
    ) -> Result<TicketView, Error> {
        tickets::end(&self.state, ticket, cancel).await
    }
}
