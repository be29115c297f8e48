//! The scenes, in the order they are played.

pub mod desk;
pub mod ending;
pub mod together;
pub mod trouble;
pub mod ward;

use enhance_model::DocumentId;
use enhance_tests::device::Device;

/// Everybody in the story, and what they write.
pub struct Cast {
    /// Dr Ana Ruiz's phone. She is in training.
    pub phone: Device,
    pub tablet: Device,
    /// The phone of Dr Ben Okoro, her supervisor.
    pub ben: Device,
    /// The phone of Cara Lind, a fellow of the programme.
    pub cara: Device,
    pub reflection: DocumentId,
    /// The copy of it that Ben has.
    pub copy: DocumentId,
    /// The project they write together.
    pub project: DocumentId,
}
