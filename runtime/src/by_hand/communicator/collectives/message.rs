//! A message of a collective call before it is sent and after it has come.

use super::Together;
use crate::base::error::{Error, ErrorKind};
use crate::base::shared::SharedBytes;
use crate::base::wire::{self, Encoded, Transport};
use crate::by_hand::communicator::requests::{Reading, as_value};
use crate::transport::link::post::{Content, Cover};

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct CollectiveMessage {
    pub(super) content: Content,
    pub(super) bytes: SharedBytes,
}

/// As it has come.
impl From<(Cover, Vec<u8>)> for CollectiveMessage {
    fn from((cover, bytes): (Cover, Vec<u8>)) -> Self {
        Self {
            content: cover.content,
            bytes: bytes.into(),
        }
    }
}

impl CollectiveMessage {
    pub(super) fn value<T: Transport>(value: &T) -> Self {
        let Encoded { format, bytes } = wire::encode(value);
        let of = std::any::type_name::<T>();
        let content = Content::Value { format, of };
        let bytes = bytes.into();
        Self { content, bytes }
    }

    /// No more than that this step has been reached.
    pub(super) fn empty() -> Self {
        let of = "";
        let content = Content::Plain { of };
        let bytes = SharedBytes::default();
        Self { content, bytes }
    }

    /// Why there is no value.
    pub(super) fn failed(error: &Error) -> Self {
        Self {
            content: Content::Failed(error.kind()),
            bytes: error.to_string().into(),
        }
    }

    /// The error that was sent instead of a value.
    pub(super) fn into_error(self) -> Result<Self, Error> {
        match self.content {
            Content::Failed(kind) => {
                let words = String::from_utf8_lossy(&self.bytes);
                Err(Error::new(kind, words))
            }
            _ => Ok(self),
        }
    }

    /// The value, or the error that was sent instead.
    pub(super) fn read<T: Transport>(self, together: &Together<'_>) -> Result<T, Error> {
        let Self { content, bytes } = self.into_error()?;
        let Reading { check, read } = as_value::<T>();
        let wrong = |words: String| {
            together.error(ErrorKind::WrongType, &format!("what a rank passes {words}"))
        };
        check(&content, bytes.len()).map_err(wrong)?;
        read(&content, bytes.into()).map_err(|words| together.error(ErrorKind::Unreadable, &words))
    }
}
