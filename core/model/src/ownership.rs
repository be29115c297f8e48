//! Who owns a document now: who made it, or whom it was handed over to since.
//!
//! The owner offers a document, the person it is offered to accepts or declines it; until then who
//! offered it may take that back. All of these are claims. What they come to follows from which
//! claims there are, and not from the order in which they arrive.
//!
//! Where the owner has left the programme, the organisation offers it in their place. Nothing is
//! taken by that alone: it is somebody else's once they accept.

use crate::{PersonId, Right};

/// Who offers what people leave behind: the operator of the server, who is no person.
pub const ORGANISATION: PersonId = PersonId::from_bytes([0; 16]);

/// An offer of a document by its owner or the organisation, its acceptance, or its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// One more than the greatest its maker knew, of claims to the document and of the rounds of
    /// the person it is for.
    pub number: u32,
    /// Who is to own the document.
    pub to: PersonId,
    /// Who says so: the owner or the [`ORGANISATION`] who offers, or the new one who answers.
    pub by: PersonId,
    /// Whether it ends an offer: declined by whom it was made to, or taken back by who made it.
    pub ends: bool,
    /// Of an offer: what its owner may do with the document once it is somebody else's.
    pub keeps: Right,
}

impl Claim {
    /// What a former owner may do where the offer does not say otherwise.
    pub const KEEPS: Right = Right::Read;

    /// What a former owner may do by this offer, in words that follow "they".
    pub const fn kept(&self) -> &'static str {
        match self.keeps {
            Right::Read => "may read it",
            Right::Comment => "may read it and comment on it",
            Right::Edit | Right::Own => "may read it, comment on it and edit it",
        }
    }

    /// Whether a person takes for themselves what was offered to them.
    pub fn is_acceptance(&self) -> bool {
        self.by == self.to && !self.ends
    }

    /// Whether a person does not want what was offered to them.
    pub fn declines(&self) -> bool {
        self.by == self.to && self.ends
    }

    /// Whether it offers the document to somebody.
    pub fn is_offer(&self) -> bool {
        self.by != self.to && !self.ends
    }
}

/// Who owned a document until somebody else accepted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    pub from: PersonId,
    /// The number of the acceptance.
    pub number: u32,
    /// What they may do since, as their offer said.
    pub keeps: Right,
}

/// Who owns a document, and whom it is offered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ownership {
    pub owner: PersonId,
    /// The offer that stands. A later grant or revocation for its person takes it back.
    pub offer: Option<Claim>,
    /// The offer that was declined, until it is offered anew or somebody else's.
    pub declined: Option<Claim>,
    /// Who owned it before, first to last.
    pub handovers: Vec<Handover>,
    /// The greatest number of a claim, also of those that changed nothing.
    pub greatest: u32,
}

impl Ownership {
    /// What the claims to a document of this person come to. An offer by anybody but the owner and
    /// the organisation, and an acceptance of what is not offered, change nothing.
    pub fn of(creator: PersonId, mut claims: Vec<Claim>) -> Self {
        claims.sort_unstable();
        let mut now = Self {
            owner: creator,
            offer: None,
            declined: None,
            handovers: Vec::new(),
            greatest: 0,
        };
        for claim in claims {
            now.hear(claim);
        }
        now
    }

    /// The number of the claim by which the owner came to own it; 0 if they made it.
    pub fn since(&self) -> u32 {
        self.handovers.last().map_or(0, |last| last.number)
    }

    /// Whether a claim answers the offer that stands, or takes it back.
    pub fn answered_by(&self, claim: &Claim) -> bool {
        self.offer.is_some_and(|offer| {
            let is_concerned = claim.by == offer.to || (claim.ends && self.may_offer(claim.by));
            claim.to == offer.to && offer.number < claim.number && is_concerned
        })
    }

    fn may_offer(&self, by: PersonId) -> bool {
        by == self.owner || by == ORGANISATION
    }

    fn hear(&mut self, claim: Claim) {
        self.greatest = self.greatest.max(claim.number);
        if self.answered_by(&claim) {
            let offer = self.offer.take();
            self.declined = offer.filter(|_| claim.declines());
            if let Some(Claim { keeps, .. }) = offer.filter(|_| claim.is_acceptance()) {
                self.handovers.push(Handover { from: self.owner, number: claim.number, keeps });
                self.owner = claim.to;
            }
            return;
        }
        if claim.is_offer()
            && self.may_offer(claim.by)
            && ![self.owner, ORGANISATION].contains(&claim.to)
            && claim.number > self.since()
        {
            self.offer = Some(claim);
            self.declined = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: PersonId = PersonId::from_bytes([1; 16]);
    const BEN: PersonId = PersonId::from_bytes([2; 16]);
    const CARA: PersonId = PersonId::from_bytes([3; 16]);

    const fn claim(number: u32, by: PersonId, to: PersonId) -> Claim {
        Claim { number, to, by, ends: false, keeps: Claim::KEEPS }
    }

    const fn ends(number: u32, by: PersonId, to: PersonId) -> Claim {
        Claim { number, to, by, ends: true, keeps: Claim::KEEPS }
    }

    const fn handed_over(from: PersonId, number: u32) -> Handover {
        Handover { from, number, keeps: Claim::KEEPS }
    }

    #[test]
    fn a_document_is_its_makers_until_somebody_accepts_it() {
        let offered = Ownership::of(ANA, vec![claim(1, ANA, BEN)]);
        assert_eq!((offered.owner, offered.since()), (ANA, 0));
        assert_eq!(offered.offer, Some(claim(1, ANA, BEN)));
        let accepted = Ownership::of(ANA, vec![claim(1, ANA, BEN), claim(2, BEN, BEN)]);
        assert_eq!((accepted.owner, accepted.offer, accepted.since()), (BEN, None, 2));
        assert_eq!(accepted.handovers, [handed_over(ANA, 2)]);
    }

    #[test]
    fn offers_by_others_and_acceptances_without_an_offer_change_nothing() {
        for stray in [
            vec![claim(1, BEN, BEN)],
            vec![claim(1, BEN, CARA), claim(2, CARA, CARA)],
            vec![claim(1, ANA, BEN), claim(2, CARA, CARA)],
            // The number of an acceptance is greater than that of the offer.
            vec![claim(2, ANA, BEN), claim(2, BEN, BEN)],
        ] {
            assert_eq!(Ownership::of(ANA, stray.clone()).owner, ANA, "{stray:?}");
        }
        // Who handed it over offers it no more.
        let past = vec![claim(1, ANA, BEN), claim(2, BEN, BEN), claim(3, ANA, CARA)];
        let now = Ownership::of(ANA, past);
        assert_eq!((now.owner, now.offer, now.greatest), (BEN, None, 3));
    }

    #[test]
    fn another_offer_takes_the_one_before_it_back() {
        let claims = vec![claim(1, ANA, BEN), claim(2, ANA, CARA), claim(3, BEN, BEN)];
        assert_eq!(Ownership::of(ANA, claims.clone()).owner, ANA);
        let claims = [claims, vec![claim(4, CARA, CARA)]].concat();
        assert_eq!(Ownership::of(ANA, claims).owner, CARA);
    }

    #[test]
    fn what_somebody_left_behind_is_offered_by_the_organisation_and_has_to_be_accepted() {
        let left = vec![claim(1, ANA, CARA), claim(2, ORGANISATION, BEN)];
        let offered = Ownership::of(ANA, left.clone());
        assert_eq!((offered.owner, offered.offer), (ANA, Some(claim(2, ORGANISATION, BEN))));
        // What was offered before is not offered any more.
        assert_eq!(
            Ownership::of(ANA, [left.clone(), vec![claim(3, CARA, CARA)]].concat()).owner,
            ANA
        );
        let accepted = Ownership::of(ANA, [left, vec![claim(3, BEN, BEN)]].concat());
        assert_eq!(accepted.owner, BEN);
        assert_eq!(accepted.handovers, [handed_over(ANA, 3)]);
        // The organisation takes nothing for itself.
        let taken = vec![claim(1, ORGANISATION, ORGANISATION)];
        assert_eq!(Ownership::of(ANA, taken).owner, ANA);
    }

    #[test]
    fn who_is_offered_a_document_may_decline_and_its_owner_keeps_it() {
        let declined = vec![claim(1, ANA, BEN), ends(2, BEN, BEN)];
        let now = Ownership::of(ANA, declined.clone());
        assert_eq!((now.owner, now.offer, now.declined), (ANA, None, Some(claim(1, ANA, BEN))));
        // What was declined cannot be accepted any more, and is offered anew by its owner alone.
        let late = Ownership::of(ANA, [declined.clone(), vec![claim(3, BEN, BEN)]].concat());
        assert_eq!((late.owner, late.declined.is_some()), (ANA, true));
        let anew = Ownership::of(ANA, [declined, vec![claim(3, ANA, BEN)]].concat());
        assert_eq!((anew.offer, anew.declined), (Some(claim(3, ANA, BEN)), None));
    }

    #[test]
    fn an_offer_is_ended_by_those_it_concerns_alone() {
        for (by, to) in [(CARA, BEN), (CARA, CARA), (BEN, CARA), (ANA, CARA)] {
            let now = Ownership::of(ANA, vec![claim(1, ANA, BEN), ends(2, by, to)]);
            assert_eq!(now.offer, Some(claim(1, ANA, BEN)), "{by} {to}");
        }
        for by in [ANA, ORGANISATION] {
            let now = Ownership::of(ANA, vec![claim(1, ANA, BEN), ends(2, by, BEN)]);
            assert_eq!((now.offer, now.declined), (None, None), "taken back, and not declined");
        }
        // Who accepted it and says otherwise later has it all the same.
        let after =
            Ownership::of(ANA, vec![claim(1, ANA, BEN), claim(2, BEN, BEN), ends(3, BEN, BEN)]);
        assert_eq!(after.owner, BEN);
    }

    #[test]
    fn a_former_owner_keeps_what_the_offer_said() {
        let offer = Claim { keeps: Right::Edit, ..claim(1, ANA, BEN) };
        // What the acceptance says of it counts for nothing.
        let accepted = Claim { keeps: Right::Comment, ..claim(2, BEN, BEN) };
        let now = Ownership::of(ANA, vec![offer, accepted]);
        assert_eq!(now.handovers, [Handover { from: ANA, number: 2, keeps: Right::Edit }]);
    }

    #[test]
    fn in_whatever_order_claims_come_they_come_to_the_same() {
        let claims = [
            claim(1, ANA, BEN),
            claim(2, BEN, BEN),
            claim(3, BEN, CARA),
            claim(3, BEN, ANA),
            claim(4, CARA, CARA),
            claim(4, ANA, ANA),
            claim(5, CARA, BEN),
            claim(6, ORGANISATION, ANA),
            claim(7, ANA, ANA),
            claim(8, ANA, BEN),
            ends(9, BEN, BEN),
            claim(9, BEN, BEN),
            claim(10, ANA, CARA),
            ends(11, ANA, CARA),
        ];
        let expected = Ownership::of(ANA, claims.to_vec());
        for turn in 0..claims.len() {
            let mut turned = claims.to_vec();
            turned.rotate_left(turn);
            assert_eq!(Ownership::of(ANA, turned.clone()), expected);
            turned.reverse();
            turned.extend(claims.first().copied());
            assert_eq!(Ownership::of(ANA, turned), expected, "also if one comes twice");
        }
    }
}
