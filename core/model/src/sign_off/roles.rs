//! As what somebody signs: what they say of themselves, beside what others say of them.
//!
//! A signer may call themselves anything. The trainee's placements name who supervises whom, and the
//! server says what a person is on the programme; what neither of them says stays a claim, and is
//! shown as one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{SignOff, Signer};
use crate::{
    CalendarDate, Person, PersonId, Role,
    learning_log::local_day,
    person::called,
    personal_record::{PersonalRecord, SupervisorRole},
};

/// What a placement of the trainee names somebody as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlacementRole {
    pub role: SupervisorRole,
    /// The first day of the placement.
    pub from: CalendarDate,
    /// The last day of the placement.
    pub to: CalendarDate,
    /// Where the placement is. Empty in files of before.
    #[serde(default)]
    pub organisation: String,
}

/// As what somebody signed, and what others say of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignerRole {
    /// What they say of themselves.
    pub said: SupervisorRole,
    /// The day on which they signed.
    pub day: CalendarDate,
    /// What the trainee's placements name them as; none where those cannot be read, as on the
    /// device of who signs.
    pub placements: Option<Vec<PlacementRole>>,
    /// What the server knows them as; nothing where it does not vouch for them.
    pub server: BTreeSet<Role>,
}

impl SignerRole {
    /// What a sign-off says of its signer, with what placements say of them. The certificate tells
    /// what the server knew them as.
    pub fn of(sign_off: &SignOff, placements: Option<Vec<PlacementRole>>) -> Self {
        let SignOff { role, signer, certificate, at, .. } = sign_off;
        let is_vouched_for = signer.witnessed.is_none();
        let server = is_vouched_for.then_some(certificate.role).into_iter().collect();
        Self { said: *role, day: local_day(*at), placements, server }
    }

    /// The same with all the roles that a person has within organisations.
    #[must_use]
    pub fn and_known_as(mut self, person: Option<&Person>) -> Self {
        let roles = person.map(|person| person.roles.as_slice()).unwrap_or_default();
        self.server.extend(roles.iter().map(|one| one.role));
        self
    }

    /// Whether a placement of that day, or the server, says the same of them.
    pub fn agrees(&self) -> bool {
        self.is_named() || self.is_known()
    }

    /// Whether a placement of that day names them as a supervisor of the trainee, and they signed
    /// as one: what makes evidence of what they signed.
    pub fn is_of_a_supervisor(&self) -> bool {
        self.said.supervises() && self.on_that_day().any(|one| one.role.supervises())
    }

    /// Whether a placement of that day names them as what they say.
    pub fn is_named(&self) -> bool {
        self.on_that_day().any(|one| one.role == self.said)
    }

    /// The organisation where a placement of that day names them, as what they say if one does.
    /// Empty where none names them.
    pub fn organisation(&self) -> &str {
        let named = self.on_that_day().max_by_key(|one| one.role == self.said);
        named.map_or("", |one| one.organisation.as_str())
    }

    /// The server knows them so. Who supervises whom it does not know.
    fn is_known(&self) -> bool {
        let wanted = match self.said {
            SupervisorRole::Fellow => Role::Fellow,
            SupervisorRole::Partner => Role::Partner,
            SupervisorRole::Administrator => Role::Admin,
            SupervisorRole::Clinical
            | SupervisorRole::Educational
            | SupervisorRole::Named
            | SupervisorRole::ProgrammeDirector => return false,
        };
        self.server.contains(&wanted)
    }

    fn on_that_day(&self) -> impl Iterator<Item = &PlacementRole> {
        let all = self.placements.as_deref().unwrap_or_default().iter();
        all.filter(|one| one.from <= self.day && self.day <= one.to)
    }

    /// All of it, as people read it: a claim is never said as a fact.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    ///
    /// use enhance_model::sign_off::{PlacementRole, SignerRole, SupervisorRole};
    ///
    /// let (from, to) = ("2026-08-05".parse()?, "2026-12-01".parse()?);
    /// let role = SupervisorRole::Clinical;
    /// let organisation = "Bedford Hospital".to_owned();
    /// let placements = Some(vec![PlacementRole { role, from, to, organisation }]);
    /// let (said, day) = (SupervisorRole::ProgrammeDirector, "2026-11-26".parse()?);
    /// let director = SignerRole { said, day, placements, server: BTreeSet::new() };
    /// assert_eq!(
    ///     director.in_words(),
    ///     "says of themselves: programme director; \
    ///      the placement names them as clinical supervisor",
    /// );
    /// let clinical = SignerRole { said: role, ..director };
    /// assert_eq!(clinical.in_words(), "clinical supervisor, as the placement names them");
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn in_words(&self) -> String {
        let said = self.said.in_words();
        if self.is_named() {
            return format!("{said}, as the placement names them");
        }
        if self.is_known() {
            return format!("{said}, as the server knows them");
        }
        let said = format!("says of themselves: {said}");
        let others = [self.placements_in_words(), self.server_in_words()];
        [said].into_iter().chain(others.into_iter().flatten()).collect::<Vec<_>>().join("; ")
    }

    fn placements_in_words(&self) -> Option<String> {
        let all = self.placements.as_ref()?;
        let now: BTreeSet<&str> = self.on_that_day().map(|one| one.role.in_words()).collect();
        if !now.is_empty() {
            let now: Vec<&str> = now.into_iter().collect();
            return Some(format!("the placement names them as {}", now.join(" and ")));
        }
        let Some(nearest) = all.iter().max_by_key(|one| (one.to < self.day, one.to)) else {
            return Some("no placement names them".to_owned());
        };
        let PlacementRole { role, from, to, .. } = nearest;
        let when = if *to < self.day { format!("until {to}") } else { format!("from {from}") };
        let role = role.in_words();
        Some(format!("no placement of that day names them, but one did as {role} {when}"))
    }

    /// What the server says, where no placement of that day says anything.
    fn server_in_words(&self) -> Option<String> {
        if self.on_that_day().next().is_some() || self.server.is_empty() {
            return None;
        }
        let roles: Vec<&str> = self.server.iter().map(|role| role.as_str()).collect();
        Some(format!("the server knows them as {}", roles.join(" and ")))
    }
}

impl SupervisorRole {
    /// What people call it.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Clinical => "clinical supervisor",
            Self::Educational => "educational supervisor",
            Self::Named => "named supervisor",
            Self::Fellow => "fellow",
            Self::Partner => "partner",
            Self::ProgrammeDirector => "programme director",
            Self::Administrator => "administrator",
        }
    }
}

impl PersonalRecord {
    /// What its placements name a signer as: by who they are, or, of a line without an account, by
    /// whole words of the name.
    pub fn roles_of(&self, signer: &Signer) -> Vec<PlacementRole> {
        let is_them = |id: Option<PersonId>, name: &str| match (id, signer.person) {
            (Some(one), Some(other)) => one == other,
            _ => is_called(signer, name),
        };
        let mut roles: Vec<PlacementRole> = Vec::new();
        for one in self.supervisors.values().filter(|one| is_them(one.person, &one.name)) {
            let placement = self.placements.get(&one.placement);
            roles.extend(placement.map(|placement| {
                let (role, from, to) = (one.role, placement.start, placement.end);
                PlacementRole { role, from, to, organisation: placement.organisation.clone() }
            }));
        }
        roles.sort();
        roles.dedup();
        roles
    }
}

fn is_called(signer: &Signer, name: &str) -> bool {
    let id = PersonId::from_bytes([0; 16]);
    let (roles, devices) = (Vec::new(), Vec::new());
    let person = Person { id, name: signer.name.clone(), roles, devices };
    called(name, &[person]).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ItemId,
        personal_record::{Placement, Supervisor},
    };

    fn day(text: &str) -> CalendarDate {
        text.parse().unwrap()
    }

    fn role(said: SupervisorRole, placements: &[(SupervisorRole, &str, &str)]) -> SignerRole {
        let placement = |(role, from, to): &(SupervisorRole, &str, &str)| PlacementRole {
            role: *role,
            from: day(from),
            to: day(to),
            organisation: "Bedford Hospital".to_owned(),
        };
        let placements = Some(placements.iter().map(placement).collect());
        let server = BTreeSet::from([Role::Supervisor]);
        SignerRole { said, day: day("2026-11-26"), placements, server }
    }

    #[test]
    fn what_nobody_else_says_is_a_claim() {
        let nobody = role(SupervisorRole::ProgrammeDirector, &[]);
        assert!(!nobody.agrees());
        assert_eq!(
            nobody.in_words(),
            "says of themselves: programme director; no placement names them; \
             the server knows them as supervisor"
        );
        let unread = SignerRole { placements: None, ..nobody.clone() };
        assert!(!unread.in_words().contains("placement"), "{unread:?}");
        let unvouched = SignerRole { placements: None, server: BTreeSet::new(), ..nobody };
        assert_eq!(unvouched.in_words(), "says of themselves: programme director");
    }

    #[test]
    fn a_placement_that_was_over_names_nobody_any_more() {
        let clinical = SupervisorRole::Clinical;
        let over = role(clinical, &[(clinical, "2025-08-06", "2026-08-04")]);
        assert!(!over.agrees());
        assert!(over.in_words().contains("clinical supervisor until 2026-08-04"), "{over:?}");
        let to_come = role(clinical, &[(clinical, "2026-12-02", "2027-04-06")]);
        assert!(!to_come.agrees());
        assert!(to_come.in_words().contains("from 2026-12-02"), "{}", to_come.in_words());
    }

    #[test]
    fn who_supervises_follows_from_placements_and_not_from_what_they_or_the_server_say() {
        let (clinical, partner) = (SupervisorRole::Clinical, SupervisorRole::Partner);
        let now = [(clinical, "2026-08-05", "2026-12-01")];
        assert!(role(clinical, &now).is_of_a_supervisor());
        assert_eq!(role(clinical, &now).organisation(), "Bedford Hospital");
        assert_eq!(role(clinical, &[]).organisation(), "", "no placement names them");
        assert!(role(SupervisorRole::Educational, &now).is_of_a_supervisor(), "another of hers");
        assert!(!role(partner, &now).is_of_a_supervisor(), "they signed as none");
        let as_partner = [(partner, "2026-08-05", "2026-12-01")];
        assert!(!role(clinical, &as_partner).is_of_a_supervisor());
        let over = [(clinical, "2025-08-06", "2026-08-04")];
        assert!(!role(clinical, &over).is_of_a_supervisor());
        let server = BTreeSet::from([Role::Fellow]);
        let fellow = SignerRole { server, ..role(SupervisorRole::Fellow, &[]) };
        assert!(fellow.agrees() && !fellow.is_of_a_supervisor());
    }

    #[test]
    fn a_fellow_is_known_by_the_server_and_a_supervisor_is_not() {
        let fellow = role(SupervisorRole::Fellow, &[]);
        assert!(!fellow.agrees());
        let server = BTreeSet::from([Role::Supervisor, Role::Fellow]);
        let fellow = SignerRole { server, ..fellow };
        assert_eq!(fellow.in_words(), "fellow, as the server knows them");
        assert!(!role(SupervisorRole::Clinical, &[]).agrees(), "of this trainee, it cannot know");
    }

    #[test]
    fn placements_name_people_by_account_or_by_whole_words() {
        let mut record = PersonalRecord::default();
        let placement = ItemId::from_bytes([1; 16]);
        let (start, end) = (day("2026-08-05"), day("2026-12-01"));
        record.placements.insert(placement, Placement { start, end, ..Placement::default() });
        let okafor = Supervisor::named(placement, "Okafor", SupervisorRole::Clinical);
        record.supervisors.insert(ItemId::from_bytes([2; 16]), okafor.clone());
        let signer = |person: Option<u8>, name: &str| Signer {
            person: person.map(|number| PersonId::from_bytes([number; 16])),
            name: name.to_owned(),
            witnessed: None,
        };
        assert_eq!(record.roles_of(&signer(Some(3), "Dr Sam Okafor")).len(), 1);
        assert_eq!(record.roles_of(&signer(None, "Dr Sam Okafor")).len(), 1);
        assert_eq!(record.roles_of(&signer(Some(3), "Dr Sam Oka")), []);
        let person = Some(PersonId::from_bytes([4; 16]));
        record.supervisors.insert(ItemId::from_bytes([2; 16]), Supervisor { person, ..okafor });
        assert_eq!(record.roles_of(&signer(Some(3), "Dr Okafor")), [], "a namesake");
        assert_eq!(record.roles_of(&signer(Some(4), "Dr S. Smith")).len(), 1);
    }
}
