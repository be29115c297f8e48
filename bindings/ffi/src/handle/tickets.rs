//! Tickets: those of this person, and one that somebody without an account holds.
#![allow(clippy::needless_pass_by_value, reason = "options and records cross by value")]

use std::sync::Arc;

use enhance_client::{
    self as client, Environment, HttpTransport,
    model::{DocumentId, ItemId, Sha256},
};

use crate::{
    Cancellation, NewTicket, OpenedTicket, SharingCheck, TicketView,
    handle::{CoreHandle, Result, all},
    runtime::run,
    values::Timestamp,
};

#[uniffi::export]
impl CoreHandle {
    /// Makes a ticket: a link by which somebody without an account reads a reflection, a copy or a
    /// plan of this person as it stands now, without history, and may say something about it. The
    /// server can read nothing of it. With probable identifiers in it
    /// `acknowledged` comes with `check_before_ticket`.
    pub async fn make_ticket(
        &self,
        ticket: NewTicket,
        acknowledged: Option<Sha256>,
        cancellation: Arc<Cancellation>,
    ) -> Result<TicketView> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        let wanted = ticket.into();
        run(cancel.clone(), async move {
            core.make_ticket(wanted, acknowledged, &cancel).await.map(TicketView::from)
        })
        .await
    }

    /// Looks through what a ticket would show for what may tell who somebody is,
    /// with what is said to its holder.
    pub fn check_before_ticket(&self, document: DocumentId, purpose: &str) -> Result<SharingCheck> {
        Ok(self.core.check_before_ticket(document, purpose)?.into())
    }

    /// The tickets of this person, the newest first, as this device has heard of them: who opened
    /// them, and what they said.
    pub fn tickets(&self) -> Result<Vec<TicketView>> {
        Ok(all(self.core.tickets()?))
    }

    /// The tickets that show the text of a document, the newest first.
    pub fn tickets_of(&self, document: DocumentId) -> Result<Vec<TicketView>> {
        Ok(all(self.core.tickets_of(document)?))
    }

    /// Asks the server what became of this person's tickets, those of their other devices included.
    /// While a ticket made or heard of here can be used, each sync does so as well.
    pub async fn refresh_tickets(
        &self,
        cancellation: Arc<Cancellation>,
    ) -> Result<Vec<TicketView>> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.refresh_tickets(&cancel).await.map(all) }).await
    }

    /// Ends a ticket: what it shows is destroyed on the server, and its link opens nothing more.
    pub async fn end_ticket(
        &self,
        ticket: ItemId,
        cancellation: Arc<Cancellation>,
    ) -> Result<TicketView> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(
            cancel.clone(),
            async move { core.end_ticket(ticket, &cancel).await.map(TicketView::from) },
        )
        .await
    }
}

/// A ticket that its holder has open. It needs no account, and nothing of it stays on the device.
#[derive(uniffi::Object)]
pub struct TicketHandle {
    ticket: Arc<client::OpenTicket>,
}

/// Opens the ticket of a link, without an account. `name` is what its holder is called, for who
/// made it. Each visit uses the ticket up by one; opened again in the `visit` of before it uses
/// nothing up. `authorities` are as for the opening of a core.
#[uniffi::export]
pub async fn open_ticket(
    link: String,
    name: String,
    visit: Option<ItemId>,
    authorities: Option<Vec<Vec<u8>>>,
    cancellation: Arc<Cancellation>,
) -> Result<TicketHandle> {
    let transport = authorities
        .map_or_else(HttpTransport::new, |authorities| HttpTransport::trusting(&authorities));
    let (environment, cancel) = (Environment::with(transport), cancellation.0.clone());
    let opening = async move {
        client::OpenTicket::open(&link, &name, visit, environment, &cancel).await.map(Arc::new)
    };
    Ok(TicketHandle { ticket: run(cancellation.0.clone(), opening).await? })
}

#[uniffi::export]
impl TicketHandle {
    /// What it shows, and what its holder may do.
    pub fn opened(&self) -> OpenedTicket {
        OpenedTicket::from(&*self.ticket)
    }

    /// Says something about what it shows, to who made the ticket and nobody else. The same words
    /// again are said once. Returns when they came.
    pub async fn comment(
        &self,
        text: String,
        cancellation: Arc<Cancellation>,
    ) -> Result<Timestamp> {
        let (ticket, cancel) = (Arc::clone(&self.ticket), cancellation.0.clone());
        run(cancel.clone(), async move { ticket.comment(&text, &cancel).await }).await
    }

    /// Says that its holder stands behind what it shows, and why. That is no sign-off: nobody has
    /// checked who they are, and nothing is signed.
    pub async fn endorse(
        &self,
        text: String,
        cancellation: Arc<Cancellation>,
    ) -> Result<Timestamp> {
        let (ticket, cancel) = (Arc::clone(&self.ticket), cancellation.0.clone());
        run(cancel.clone(), async move { ticket.endorse(&text, &cancel).await }).await
    }
}
