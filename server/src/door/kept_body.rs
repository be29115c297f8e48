//! An answer on its way, for which the place of its connection is kept.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};

use super::connections::Kept;

/// A body that keeps the place of its connection until all of it went out.
pub(super) struct KeptBody {
    body: Body,
    _kept: Option<Kept>,
}

impl KeptBody {
    pub(super) const fn new(body: Body, kept: Option<Kept>) -> Self {
        Self { body, _kept: kept }
    }
}

impl HttpBody for KeptBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
