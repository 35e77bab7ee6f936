//! How records leave the desk: pushed to a system, or written as files that a person carries.
//!
//! Never keeps a state: claim, settle and doubt are the engine's, the same for both.

use super::agreement::document_kind;
use super::files::CsvFolder;
use async_trait::async_trait;
use providers::capabilities::RateLimits;
use providers::document::{DocumentKind, PushItem};
use providers::session::{CallWatch, Endpoints, Session, TokenSource};
use providers::{Found, ProviderAdapter, ProviderError, PushAnswer, Wanted};
use std::sync::Arc;
use store::exports::ExportKind;

/// A way out of the desk.
#[derive(Clone)]
pub enum Driver {
    /// A system that is called.
    Push(PushDriver),
    /// A folder that files are written to.
    File(Arc<CsvFolder>),
}

/// A system that is called, signed in to one company.
#[derive(Clone)]
pub struct PushDriver {
    /// Speaks its dialect.
    pub adapter: Arc<dyn ProviderAdapter>,
    /// Where it answers.
    pub endpoints: Endpoints,
    /// The company's id there.
    pub company: String,
    /// Tokens.
    pub tokens: Arc<dyn TokenSource>,
}

impl PushDriver {
    /// A session whose calls are watched.
    pub fn session(&self, watch: Arc<dyn CallWatch>) -> Session {
        Session {
            endpoints: self.endpoints.clone(),
            company: self.company.clone(),
            tokens: self.tokens.clone(),
            watch,
        }
    }
}

/// What a way out can do beyond documents and money received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Able {
    /// Take back what was sent.
    pub remove: bool,
    /// Tell of money paid back out of a credit note, or out of money on account.
    pub refund: bool,
}

/// Files are written without limits.
const NO_LIMITS: RateLimits = RateLimits { concurrent: 1, per_minute: u32::MAX, per_day: u32::MAX };

/// Records in one batch folder.
const FILE_BATCH: usize = 500;

impl Driver {
    /// Records of a kind per call; 0 where they cannot be held.
    pub fn batch_size(&self, kind: ExportKind) -> usize {
        match self {
            Self::Push(push) => {
                document_kind(kind).map_or(0, |kind| push.adapter.capabilities().batch_size(kind))
            }
            Self::File(_)
                if matches!(
                    kind,
                    ExportKind::OnAccount
                        | ExportKind::Refund
                        | ExportKind::Attachment
                        | ExportKind::Journal
                ) =>
            {
                0
            }
            Self::File(_) => FILE_BATCH,
        }
    }

    /// Records per call where what was sent is taken back; 0 where that cannot be done.
    pub fn removal_size(&self) -> usize {
        match self {
            Self::Push(push) => push.adapter.capabilities().batch_size(DocumentKind::Removal),
            Self::File(_) => 0,
        }
    }

    /// What it can do beyond documents and money received.
    pub fn able(&self) -> Able {
        Able { remove: self.removal_size() > 0, refund: self.batch_size(ExportKind::Refund) > 0 }
    }

    /// Whether it keeps a customer in one currency for life.
    pub fn customers_by_currency(&self) -> bool {
        match self {
            Self::Push(push) => push.adapter.capabilities().customers_by_currency,
            Self::File(_) => false,
        }
    }

    /// How fast it may be called.
    pub fn limits(&self) -> RateLimits {
        match self {
            Self::Push(push) => push.adapter.capabilities().limits,
            Self::File(_) => NO_LIMITS,
        }
    }

    /// What is not there can no longer arrive.
    pub const fn certain_at_once(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Whether our own codes are sent as they are.
    pub const fn own_codes(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Sends records of one kind.
    pub async fn push(&self, watch: Arc<dyn CallWatch>, items: &[PushItem]) -> PushAnswer {
        match self {
            Self::Push(push) => push.adapter.push(&push.session(watch), items).await,
            Self::File(folder) => {
                let (folder, items) = (folder.clone(), items.to_vec());
                let written = tokio::task::spawn_blocking(move || folder.push(&items)).await;
                written.unwrap_or_else(|lost| lost_answer(&lost.to_string()))
            }
        }
    }

    /// Looks records up.
    ///
    /// # Errors
    /// What kept it from looking.
    pub async fn find(
        &self,
        watch: Arc<dyn CallWatch>,
        wanted: &[Wanted],
    ) -> Result<Vec<Found>, ProviderError> {
        match self {
            Self::Push(push) => push.adapter.find(&push.session(watch), wanted).await,
            Self::File(folder) => {
                let (folder, wanted) = (folder.clone(), wanted.to_vec());
                let found = tokio::task::spawn_blocking(move || folder.find(&wanted)).await;
                found.unwrap_or(Err(ProviderError::Unavailable))
            }
        }
    }
}

/// A writer that came to grief: whether it wrote is not known. The engine takes records without
/// an outcome for lost.
fn lost_answer(seen: &str) -> PushAnswer {
    PushAnswer { outcomes: Vec::new(), status: None, request_id: None, excerpt: seen.to_owned() }
}

/// A token that never changes, for tests of the engine alone.
pub struct FixedToken(pub providers::session::Secret);

#[async_trait]
impl TokenSource for FixedToken {
    async fn access_token(&self) -> Result<providers::session::Secret, ProviderError> {
        Ok(self.0.clone())
    }

    async fn renewed(
        &self,
        _stale: &providers::session::Secret,
    ) -> Result<providers::session::Secret, ProviderError> {
        Err(ProviderError::SignInNeeded)
    }
}
