//! Why a PDF is refused.

use super::super::super::AttachmentFault;

pub(super) const fn damaged(why: &'static str) -> AttachmentFault {
    AttachmentFault::Damaged { what: "PDF", why }
}

pub(super) const fn unreadable(why: &'static str) -> AttachmentFault {
    AttachmentFault::Unreadable { why }
}
