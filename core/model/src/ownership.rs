//! Who owns a document now: who made it, or whom it was handed over to since.
//!
//! The owner offers a document, the person it is offered to accepts it. Both are claims. What they
//! come to follows from which claims there are, and not from the order in which they arrive.
//!
//! Where the owner has left the programme, the organisation offers it in their place. Nothing is
//! taken by that alone: it is somebody else's once they accept.

use crate::PersonId;

/// Who offers what people leave behind: the operator of the server, who is no person.
pub const ORGANISATION: PersonId = PersonId::from_bytes([0; 16]);

/// An offer of a document by its owner or the organisation, or its acceptance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// One more than the greatest its maker knew, of claims to the document and of the rounds of
    /// the person it is for.
    pub number: u32,
    /// Who is to own the document.
    pub to: PersonId,
    /// Who says so: the owner or the [`ORGANISATION`] who offers, or the new one who accepts.
    pub by: PersonId,
}

impl Claim {
    /// Whether a person takes for themselves what was offered to them.
    pub fn is_acceptance(&self) -> bool {
        self.by == self.to
    }
}

/// Who owned a document until somebody else accepted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    pub from: PersonId,
    /// The number of the acceptance.
    pub number: u32,
}

/// Who owns a document, and whom it is offered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ownership {
    pub owner: PersonId,
    /// The offer that stands. A later grant or revocation for its person takes it back.
    pub offer: Option<Claim>,
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
        let mut now = Self { owner: creator, offer: None, handovers: Vec::new(), greatest: 0 };
        for claim in claims {
            now.hear(claim);
        }
        now
    }

    /// The number of the claim by which the owner came to own it; 0 if they made it.
    pub fn since(&self) -> u32 {
        self.handovers.last().map_or(0, |last| last.number)
    }

    fn hear(&mut self, claim: Claim) {
        self.greatest = self.greatest.max(claim.number);
        let may_offer = claim.by == self.owner || claim.by == ORGANISATION;
        if may_offer
            && ![self.owner, ORGANISATION].contains(&claim.to)
            && claim.number > self.since()
        {
            self.offer = Some(claim);
            return;
        }
        let answers = |offer: &Claim| offer.to == claim.by && offer.number < claim.number;
        if claim.is_acceptance() && self.offer.as_ref().is_some_and(answers) {
            self.handovers.push(Handover { from: self.owner, number: claim.number });
            self.owner = claim.to;
            self.offer = None;
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
        Claim { number, to, by }
    }

    #[test]
    fn a_document_is_its_makers_until_somebody_accepts_it() {
        let offered = Ownership::of(ANA, vec![claim(1, ANA, BEN)]);
        assert_eq!((offered.owner, offered.since()), (ANA, 0));
        assert_eq!(offered.offer, Some(claim(1, ANA, BEN)));
        let accepted = Ownership::of(ANA, vec![claim(1, ANA, BEN), claim(2, BEN, BEN)]);
        assert_eq!((accepted.owner, accepted.offer, accepted.since()), (BEN, None, 2));
        assert_eq!(accepted.handovers, [Handover { from: ANA, number: 2 }]);
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
        assert_eq!(accepted.handovers, [Handover { from: ANA, number: 3 }]);
        // The organisation takes nothing for itself.
        let taken = vec![claim(1, ORGANISATION, ORGANISATION)];
        assert_eq!(Ownership::of(ANA, taken).owner, ANA);
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
