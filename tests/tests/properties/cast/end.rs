//! What must hold in the end of a story.

use std::collections::BTreeMap;

use enhance_client::ProjectView;
use enhance_model::{PersonId, Right, comments::Comment, id::ItemId};
use enhance_tests::{device::Device, world::quarantine_holds};

use super::{Cast, Word, everything_in};

impl Cast {
    /// Heals every network, syncs until nothing moves, and says what does not hold then.
    pub async fn end(&mut self) -> Result<(), String> {
        let (held, held_in_private) = (self.held(), self.held_in_private());
        let left: Vec<usize> =
            (0..self.devices.len()).filter(|number| !self.gone.contains(number)).collect();
        let mut order: Vec<&Device> = left.iter().map(|number| &self.devices[*number]).collect();
        for device in &order {
            device.network.up();
        }
        // Nobody says whose device comes first.
        let first = usize::try_from(self.world.chance.below(64)).unwrap_or(0) % order.len();
        order.rotate_left(first);
        self.world.settle(&order).await;
        let shown = left.iter().find_map(|number| {
            self.devices[*number].project(self.project).ok().map(|view| (*number, view))
        });
        // Nobody is left who may read it.
        let Some((shower, shown)) = shown else { return Ok(()) };
        for number in &left {
            let device = &self.devices[*number];
            match device.project(self.project) {
                Ok(view) if view.project != shown.project => {
                    return Err(format!("device {number} shows another plan than {shower}"));
                }
                Ok(view) if view.version != shown.version => {
                    return Err(format!("device {number} has another history than {shower}"));
                }
                Ok(view) if said(&view) != said(&shown) => {
                    return Err(format!("device {number} shows other comments than {shower}"));
                }
                Ok(view) if members(&view) != members(&shown) => {
                    return Err(format!("device {number} shows other members than {shower}"));
                }
                Ok(_) => {}
                Err(_) if !members(&shown).contains_key(&device.person()) => {}
                Err(error) => return Err(format!("device {number} may read the plan: {error}")),
            }
        }
        // Members' lists of comments and rights are part of what everybody sees alike.
        let text = everything_in(&shown);
        for Word { text: word, device: number, .. } in held.iter().map(|place| &self.safe[*place]) {
            let quarantined = || quarantine_holds(&self.devices[*number], word);
            if !text.contains(word) && (self.gone.contains(number) || !quarantined()) {
                return Err(format!("device {number} was told that {word:?} is safe; it is gone"));
            }
        }
        self.end_of_private(&held_in_private)
    }

    /// Which words must be there in the end: those the server has, and those that anybody holds who
    /// is left.
    fn held(&self) -> Vec<usize> {
        let here = self.devices.iter().enumerate().filter(|(at, _)| !self.gone.contains(at));
        let shown: Vec<(usize, String)> = here
            .map(|(at, device)| {
                let shown = device.project(self.project).map(|view| everything_in(&view));
                (at, shown.unwrap_or_default())
            })
            .collect();
        let is_held = |word: &Word| {
            let is_there = |(at, text): &(usize, String)| {
                text.contains(&word.text)
                    || *at == word.device && quarantine_holds(&self.devices[*at], &word.text)
            };
            word.on_server || shown.iter().any(is_there)
        };
        let words = self.safe.iter().enumerate().filter(|(_, word)| is_held(word));
        words.map(|(place, _)| place).collect()
    }

    fn held_in_private(&self) -> Vec<usize> {
        let shown: Vec<String> = self
            .owned_by_first()
            .into_iter()
            .filter(|(_, device)| device.reflection(self.reflection).is_ok())
            .map(|(_, device)| device.answered(self.reflection))
            .collect();
        let is_held =
            |word: &Word| word.on_server || shown.iter().any(|text| text.contains(&word.text));
        let words = self.private.iter().enumerate().filter(|(_, word)| is_held(word));
        words.map(|(place, _)| place).collect()
    }

    /// Every device of the owner has the whole reflection, and no other device has any of it.
    fn end_of_private(&self, held: &[usize]) -> Result<(), String> {
        let owned = self.owned_by_first();
        let Some((_, first)) = owned.first() else { return Ok(()) };
        let expected = match first.reflection(self.reflection) {
            Ok(_) => first.answered(self.reflection),
            Err(error) => return Err(format!("an owner's device has no reflection: {error}")),
        };
        for (number, device) in self.devices.iter().enumerate() {
            if self.gone.contains(&number) {
                continue;
            }
            match device.reflection(self.reflection) {
                Ok(_) if self.owner[number] != 0 => {
                    return Err(format!("device {number} reads what is private"));
                }
                Ok(_) if device.answered(self.reflection) != expected => {
                    return Err(format!("device {number} has another reflection"));
                }
                Err(error) if self.owner[number] == 0 => {
                    return Err(format!("device {number} has no reflection: {error}"));
                }
                _ => {}
            }
        }
        let mut words = held.iter().map(|place| &self.private[*place].text);
        match words.find(|word| !expected.contains(*word)) {
            Some(word) => Err(format!("{word:?} was said to be safe in private; it is gone")),
            None => Ok(()),
        }
    }
}

/// Who may do what with a plan.
fn members(view: &ProjectView) -> BTreeMap<PersonId, Right> {
    view.members.iter().map(|member| (member.person.id, member.right)).collect()
}

/// Every comment on a plan, without what differs from reader to reader.
fn said(view: &ProjectView) -> Vec<(ItemId, &Comment)> {
    view.comments.iter().map(|comment| (comment.id, &comment.comment)).collect()
}
