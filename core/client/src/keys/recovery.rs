//! The recovery key: what a person writes down, and what makes another device theirs in full.
//!
//! 160 bits and 20 of checksum in Crockford's base32: nine groups of four that survive being read
//! aloud.

use std::{fmt, str::FromStr};

use enhance_model::crockford;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::{
    account::AccountKey,
    wrapping::{derive, unwrap, wrap},
};
use crate::{
    environment::Randomness,
    error::{Error, InputField},
};

const KEY_BYTES: usize = 20;
const KEY_DIGITS: usize = 32;
const CHECK_DIGITS: usize = 4;

/// What the account key is wrapped for; authenticated with it.
const ABOUT: &[u8] = b"enhance account key 1";

/// The key to everything private of a person. Shown once and kept on paper; besides, only in the
/// encrypted database of the device that made it, where the account key is as well.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey(Zeroizing<[u8; KEY_BYTES]>);

impl RecoveryKey {
    pub(crate) fn new(randomness: &dyn Randomness) -> Self {
        Self(Zeroizing::new(randomness.bytes()))
    }

    /// The account key as the server keeps it for the person's next device.
    pub(crate) fn wrap(
        &self,
        key: &AccountKey,
        randomness: &dyn Randomness,
    ) -> Result<Vec<u8>, Error> {
        wrap(&self.wrapping_key(), randomness.bytes(), key.as_bytes(), ABOUT)
    }

    /// The account key, if this is the key that wraps it.
    pub(crate) fn unwrap(&self, wrapped: &[u8]) -> Option<AccountKey> {
        unwrap(&self.wrapping_key(), wrapped, ABOUT).map(AccountKey::from_bytes)
    }

    fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        derive(self.0.as_slice(), &[ABOUT])
    }

    /// All of its digits, those of the checksum last.
    fn digits(&self) -> Zeroizing<String> {
        let key = Zeroizing::new(crockford::encode(self.0.as_slice()));
        let check = crockford::encode(&checksum(self.0.as_slice()));
        let check = check.get(..CHECK_DIGITS).unwrap_or_default();
        // Made as long as it will be, so that it does not leave a copy where it grew out of.
        let mut digits = Zeroizing::new(String::with_capacity(KEY_DIGITS + CHECK_DIGITS));
        digits.push_str(&key);
        digits.push_str(check);
        digits
    }
}

impl fmt::Display for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::Groups(&self.digits()).fmt(f)
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(..)")
    }
}

impl FromStr for RecoveryKey {
    type Err = Error;

    /// Forgives all that [`crockford::read`] forgives.
    fn from_str(typed: &str) -> Result<Self, Error> {
        let wrong = |reason: String| Error::invalid(InputField::RecoveryKey, reason);
        let unknown = |letter| wrong(format!("{letter:?} is in no recovery key"));
        let digits = Zeroizing::new(crockford::read(typed).map_err(unknown)?);
        let expected = KEY_DIGITS + CHECK_DIGITS;
        if digits.len() != expected {
            let found = digits.len();
            return Err(wrong(format!("it has {expected} letters and digits; these are {found}")));
        }
        let key = digits
            .get(..KEY_DIGITS)
            .and_then(crockford::decode)
            .map(Zeroizing::new)
            .and_then(|bytes| bytes.as_slice().try_into().ok())
            .map(|bytes| Self(Zeroizing::new(bytes)))
            .ok_or_else(|| wrong("it cannot be read".to_owned()))?;
        if key.digits() == digits {
            Ok(key)
        } else {
            Err(wrong("a letter or digit is mistyped".to_owned()))
        }
    }
}

/// Twenty bits and more; the caller takes the first four digits.
fn checksum(key: &[u8]) -> [u8; 5] {
    let mut hasher = Sha256::new();
    hasher.update(b"enhance recovery key 1\0");
    hasher.update(key);
    let mut hash: [u8; 32] = hasher.finalize().into();
    let check = [hash[0], hash[1], hash[2], hash[3], hash[4]];
    hash.zeroize();
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::SystemRandomness;

    fn key() -> RecoveryKey {
        RecoveryKey(Zeroizing::new(*b"0123456789abcdefghij"))
    }

    #[test]
    fn it_is_shown_in_nine_groups_and_reads_what_it_shows() {
        let shown = key().to_string();
        assert_eq!(shown.len(), 9 * 4 + 8);
        assert_eq!(shown.split('-').filter(|group| group.len() == 4).count(), 9);
        assert_eq!(shown.parse(), Ok(key()));
    }

    /// The expected values were computed with another implementation.
    #[test]
    fn the_formats_stay_what_they_are() {
        assert_eq!(key().to_string(), "60RK-4CSM-6MV3-EE1S-C5H6-6S35-CSKP-GTBA-1KYZ");
        let account = AccountKey::from_bytes(Zeroizing::new([7; 32]));
        let wrapped = wrap(&key().wrapping_key(), [9; 24], account.as_bytes(), ABOUT).unwrap();
        let digest: [u8; 32] = Sha256::digest(&wrapped).into();
        assert_eq!(
            enhance_model::Sha256::from_bytes(digest).to_string(),
            "44b2625f880faacb8b05e449eb67867d6efb64f75cf04aa54db6c81c5285889c"
        );
    }

    #[test]
    fn the_way_people_type_is_forgiven() {
        let shown = key().to_string();
        let typed = shown.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
        assert_eq!(typed.parse(), Ok(key()));
        assert_eq!(shown.replace('1', "I").parse(), Ok(key()));
        assert_eq!(shown.replace('-', "\u{2011}").parse(), Ok(key()));
        assert_eq!(format!("\u{feff}{shown}.\r\n").parse(), Ok(key()));
    }

    #[test]
    fn every_single_mistyped_digit_is_noticed() {
        let shown = key().to_string();
        for (index, digit) in shown.char_indices().filter(|(_, digit)| *digit != '-') {
            for wrong in crockford::DIGITS.chars().filter(|wrong| *wrong != digit) {
                let mut typed = shown.clone();
                typed.replace_range(index..=index, &wrong.to_string());
                assert!(typed.parse::<RecoveryKey>().is_err(), "{wrong} at {index}");
            }
        }
    }

    #[test]
    fn the_message_says_what_is_wrong() {
        let error = "ABCD-EFGH".parse::<RecoveryKey>().unwrap_err();
        assert_eq!(error.to_string(), "recovery key: it has 36 letters and digits; these are 8");
        let error = "ABCU".parse::<RecoveryKey>().unwrap_err();
        assert_eq!(error.to_string(), "recovery key: 'U' is in no recovery key");
    }

    #[test]
    fn it_opens_what_it_wrapped_and_another_does_not() {
        let account = AccountKey::new(&SystemRandomness);
        let recovery = RecoveryKey::new(&SystemRandomness);
        let wrapped = recovery.wrap(&account, &SystemRandomness).unwrap();
        assert_eq!(recovery.unwrap(&wrapped), Some(account));
        assert_eq!(RecoveryKey::new(&SystemRandomness).unwrap(&wrapped), None);
    }
}
