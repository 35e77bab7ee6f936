//! What can go wrong at a provider, by what must be done about it.
//!
//! Never decides by the text of a message outside a provider's own client.

use std::time::Duration;

/// A failure of one call or one item. Each case is treated differently by the engine; the one
/// table is [`ProviderError::next_step`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// No connection was made: nothing was sent.
    #[error("could not reach the accounting system")]
    NotReached,
    /// The provider says it is down, or a person must start it.
    #[error("the accounting system is not available just now")]
    Unavailable,
    /// Too many calls.
    #[error("the accounting system's call limit is used up")]
    RateLimited {
        /// How long it asked us to wait.
        after: Duration,
    },
    /// Sent, but no definite answer came: it may or may not have been applied.
    #[error("no definite answer came")]
    OutcomeUnknown {
        /// What was seen instead of an answer, in words.
        seen: String,
    },
    /// The sign-in is over; a person must sign in again.
    #[error("the accounting system asks for a new sign-in")]
    SignInNeeded,
    /// The signed-in person may not do this there.
    #[error("the signed-in person has no permission for this")]
    NotPermitted {
        /// What the provider said.
        text: String,
    },
    /// A record with this number or name exists there already.
    #[error("a record with this number exists there already")]
    Duplicate {
        /// What the provider said.
        text: String,
    },
    /// An account, tax rate or customer that the document names is gone or inactive there.
    #[error("{name} is not usable there")]
    MissingReference {
        /// What kind of thing.
        kind: ReferenceKind,
        /// Its code or name.
        name: String,
        /// What the provider said.
        text: String,
    },
    /// The date lies in a closed period.
    #[error("the period is closed there")]
    PeriodLocked {
        /// What the provider said.
        text: String,
    },
    /// The record there is in a state that forbids this, or changed meanwhile.
    #[error("the record there does not allow this")]
    Conflict {
        /// What the provider said.
        text: String,
    },
    /// The provider's rules refuse the document.
    #[error("the accounting system refused the record: {text}")]
    Rejected {
        /// Field named by the provider, if any.
        field: Option<String>,
        /// What the provider said.
        text: String,
    },
    /// One item spoiled the whole batch; nothing was applied.
    #[error("the batch was refused as a whole: {text}")]
    BatchRefused {
        /// What the provider said.
        text: String,
    },
    /// The subscription there does not allow more.
    #[error("the subscription there does not allow this")]
    PlanLimit {
        /// What the provider said.
        text: String,
    },
    /// The adapter cannot do this at all.
    #[error("this accounting system cannot hold such a record")]
    Unsupported,
    /// An answer that breaks the provider's own contract, to a call that changes nothing.
    #[error("the accounting system gave an answer that cannot be read")]
    Protocol {
        /// What was seen, in words, without secrets.
        seen: String,
    },
}

/// The kinds of references a document makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// An account.
    Account,
    /// A tax code.
    TaxCode,
    /// A customer.
    Customer,
    /// A currency.
    Currency,
    /// An invoice or credit note that a payment or allocation names.
    Document,
    /// The folder that files are written to.
    Folder,
}

/// What the engine does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Not applied; try again later, counted as an attempt.
    RetryCounted,
    /// Not applied; wait without counting an attempt.
    Wait {
        /// At least this long.
        at_least: Duration,
    },
    /// Perhaps applied: look it up before anything else.
    LookUp,
    /// The whole connection waits for a person.
    BlockConnection,
    /// A person decides about this record.
    Review,
    /// Send the items of the batch in smaller batches.
    Halve,
}

impl ProviderError {
    /// The one table from error to next step.
    pub const fn next_step(&self) -> NextStep {
        match self {
            Self::NotReached | Self::Unavailable => {
                NextStep::Wait { at_least: Duration::from_secs(30) }
            }
            Self::RateLimited { after } => NextStep::Wait { at_least: *after },
            Self::OutcomeUnknown { .. } | Self::Duplicate { .. } => NextStep::LookUp,
            Self::SignInNeeded => NextStep::BlockConnection,
            Self::BatchRefused { .. } => NextStep::Halve,
            Self::Protocol { .. } => NextStep::RetryCounted,
            Self::NotPermitted { .. }
            | Self::MissingReference { .. }
            | Self::PeriodLocked { .. }
            | Self::Conflict { .. }
            | Self::Rejected { .. }
            | Self::PlanLimit { .. }
            | Self::Unsupported => NextStep::Review,
        }
    }
}
