//! What tests of this crate begin with: a folder, a clock that stands still, an account that was
//! enrolled without a network.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use enhance_model::{
    DeviceId, Person, PersonId, PersonRole, Role, Timestamp,
    sign_off::{Certificate, Signature},
};
use enhance_protocol::{SecretKey, Settings};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::{
    Clock, DatabaseKey, Environment, LearningCore, OpenOptions, RecoveryKey,
    environment::SystemRandomness,
    keys::AccountKey,
    state::facts::{Facts, Signing},
};

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A phone: a folder that outlives the cores opened on it.
pub(crate) struct Phone {
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) key: Option<DatabaseKey>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        let begins: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(ManualClock(AtomicI64::new(begins.as_millis()))),
            key: None,
        }
    }

    pub(crate) fn keyed() -> Self {
        Self { key: Some(DatabaseKey::from_bytes([9; 32])), ..Self::new() }
    }

    pub(crate) fn options(&self) -> OpenOptions {
        let environment = Environment { clock: self.clock.clone(), ..Environment::real() };
        OpenOptions { folder: self.path().to_owned(), key: self.key.clone(), environment }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn open(&self) -> LearningCore {
        LearningCore::open(self.options()).unwrap()
    }

    /// A core that was enrolled as a device of a person, with everybody known to it.
    pub(crate) fn enrolled(&self, facts: &Facts) -> LearningCore {
        let core = self.open();
        core.with(|state| {
            state.write(|write| {
                [&asha().person, &sam().person].iter().try_for_each(|one| write.put_person(one))?;
                facts.write(write)
            })
        })
        .unwrap();
        core
    }

    /// A phone and its core that was enrolled. What is written is refused once its folder is gone.
    pub(crate) fn of(facts: &Facts) -> (Self, LearningCore) {
        let phone = Self::new();
        let core = phone.enrolled(facts);
        (phone, core)
    }

    /// Every byte of every file in the folder.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(self.path()).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                bytes.extend(std::fs::read(path).unwrap());
            }
        }
        bytes
    }
}

/// The recovery key of everybody in these tests.
pub(crate) fn recovery_key() -> RecoveryKey {
    "60RK-4CSM-6MV3-EE1S-C5H6-6S35-CSKP-GTBA-1KYZ".parse().unwrap()
}

/// A trainee, on her first device.
pub(crate) fn asha() -> Facts {
    enrolled_as(1, "Asha", Role::Trainee)
}

/// Her supervisor.
pub(crate) fn sam() -> Facts {
    enrolled_as(2, "Sam", Role::Supervisor)
}

/// The trainee's second device, on which the recovery key was not typed yet.
pub(crate) fn asha_on_second_device() -> Facts {
    let device = DeviceId::from_bytes([101; 16]);
    Facts { device, account_key: None, ..asha() }
}

fn enrolled_as(number: u8, name: &str, role: Role) -> Facts {
    let account_key = AccountKey::from_bytes(Zeroizing::new([number; 32]));
    let devices = match number {
        1 => vec![DeviceId::from_bytes([1; 16]), DeviceId::from_bytes([101; 16])],
        other => vec![DeviceId::from_bytes([other; 16])],
    };
    let id = PersonId::from_bytes([number; 16]);
    Facts {
        person: Person { id, name: name.to_owned(), roles: vec![PersonRole::of(role)], devices },
        device: DeviceId::from_bytes([number; 16]),
        server: "https://enhance.example".to_owned(),
        token: Zeroizing::new([number; 20]),
        wrapped_account_key: recovery_key().wrap(&account_key, &SystemRandomness).unwrap(),
        account_key: Some(account_key),
        publisher_key: publisher().public().as_bytes().to_owned(),
        settings: Settings::default(),
        signing: Some(signing(number, name, role)),
    }
}

/// Who certifies the keys of everybody in these tests.
fn publisher() -> SecretKey {
    SecretKey::from_bytes(&[7; 32])
}

/// What the device with this number signs with.
fn signing(number: u8, name: &str, role: Role) -> Signing {
    let key = SecretKey::from_bytes(&[number; 32]);
    let certificate = Certificate {
        person: PersonId::from_bytes([number; 16]),
        name: name.to_owned(),
        role,
        device: DeviceId::from_bytes([number; 16]),
        key: key.public(),
        from: "2026-11-22T08:00:00Z".parse().unwrap(),
        signature: Signature::from_bytes([0; 64]),
    };
    Signing { key, certificate: publisher().certify(certificate) }
}

/// Whether one of the files holds these bytes.
pub(crate) fn holds(bytes: &[u8], canary: &str) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary.as_bytes())
}
