//! Tickets: what their owner asks, and what their holder does.

use enhance_model::{
    ItemId,
    ticket::{TicketDeed, TicketRight},
};
use enhance_protocol::{
    AnswerTicketRequest, AnswerTicketResponse, Done, KeptTicket, OfferedTicket, OpenTicketRequest,
    OpenTicketResponse, PROTOCOL, TicketRequest, TicketResponse, TicketStep,
};

use crate::{EPOCH, NOW, Opaque, golden};

#[test]
fn steps_of_an_owner_with_tickets() {
    let id = ItemId::from_bytes([0xbb; 16]);
    let new = OfferedTicket {
        id,
        bearer_hash: [0xcc; 32].into(),
        right: TicketRight::Comment,
        days: 14,
        uses: 3,
        note: vec![0xaa; 8],
        snapshot: vec![0xdd; 8],
    };
    let steps = [
        ("make", TicketStep::Make(Box::new(new))),
        ("list", TicketStep::List { after: 41 }),
        ("end", TicketStep::End { ticket: id }),
    ];
    for (name, step) in steps {
        let request = TicketRequest { protocol: PROTOCOL, nonce: [0x55; 8].into(), step };
        golden(&format!("ticket-{name}.cbor"), &Opaque(request));
    }
    let kept = KeptTicket {
        id,
        right: TicketRight::Endorse,
        made_at: NOW,
        expires_at: NOW,
        uses: 3,
        uses_left: 2,
        ended_at: Some(NOW),
        note: vec![0xaa; 8],
    };
    let (deed, sealed) = (TicketDeed::Endorse, vec![0xee; 8]);
    let done = Done { number: 42, ticket: id, id, deed, at: NOW, sealed };
    golden(
        "ticket-response.cbor",
        &TicketResponse {
            nonce: [0x55; 8].into(),
            epoch: EPOCH,
            tickets: vec![kept],
            done: vec![done],
            more: true,
        },
    );
}

#[test]
fn what_the_holder_of_a_ticket_asks() {
    let (nonce, visit) = ([0x55; 8].into(), ItemId::from_bytes([0xbb; 16]));
    let sealed = vec![0xee; 8];
    let open = OpenTicketRequest { protocol: PROTOCOL, nonce, visit, sealed: sealed.clone() };
    golden("open-ticket-request.cbor", &Opaque(open));
    let right = TicketRight::Read;
    let opened = OpenTicketResponse {
        nonce,
        right,
        expires_at: NOW,
        uses_left: 0,
        snapshot: sealed.clone(),
    };
    golden("open-ticket-response.cbor", &opened);
    let (id, deed) = (ItemId::from_bytes([0xcc; 16]), TicketDeed::Comment);
    let answer = AnswerTicketRequest { protocol: PROTOCOL, nonce, visit, id, deed, sealed };
    golden("answer-ticket-request.cbor", &Opaque(answer));
    golden("answer-ticket-response.cbor", &AnswerTicketResponse { nonce, at: NOW });
}
