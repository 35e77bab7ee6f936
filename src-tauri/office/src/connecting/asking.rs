//! Questions that a person asks an accounting system: is it there, what does it have, what are its
//! accounts.
//!
//! Never writes there. Counts and waits with the calls of the engine, because the system counts
//! them together, and asks again where an answer was lost.

use super::outside::push_driver;
use crate::export::files;
use crate::export::pacer::Watch;
use crate::export::send::keep_count;
use crate::fault::{Code, Fault};
use crate::office::Office;
use finance::ids::ConnectionId;
use providers::session::Session;
use providers::{ProviderAdapter, ProviderError};
use std::sync::Arc;
use store::ConnectionRow;

/// A question on its way: the adapter is asked with the session, and what it answers is
/// [`heard`](Question::heard).
pub(crate) struct Question {
    pub adapter: Arc<dyn ProviderAdapter>,
    pub session: Session,
    connection: ConnectionId,
    watch: Arc<Watch>,
}

impl Question {
    /// Prepares a question to the system of a connection.
    ///
    /// # Errors
    /// [`Code::WrongState`] for a folder, which answers nothing; what the database reports.
    pub async fn to(office: &Office, connection: &ConnectionRow) -> Result<Self, Fault> {
        if connection.provider == files::PROVIDER {
            let fault = Fault::new(Code::WrongState, "A folder of files answers no questions.");
            return Err(fault.rule("files_only"));
        }
        let driver = push_driver(office, connection)?;
        let limits = driver.adapter.capabilities().limits;
        let watch = office.engine.question(connection.id, limits).await?;
        let session = driver.session(watch.clone());
        Ok(Self { adapter: driver.adapter, session, connection: connection.id, watch })
    }

    /// Keeps the count of its calls, and notes a sign-in that is over.
    ///
    /// # Errors
    /// What became of the question, as a person is told.
    pub async fn heard<Answer>(
        self,
        office: &Office,
        answer: Result<Answer, ProviderError>,
    ) -> Result<Answer, Fault> {
        self.noted(office, answer.as_ref().err()).await?;
        answer.map_err(|error| fault(&error))
    }

    /// The same where what became of it is told otherwise.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn noted(self, office: &Office, error: Option<&ProviderError>) -> Result<(), Fault> {
        let mut tx = office.store.begin().await?;
        keep_count(&mut tx, self.connection, &self.watch).await?;
        tx.commit().await?;
        if error == Some(&ProviderError::SignInNeeded) {
            note_sign_in(office, self.connection, true).await?;
            office.events.changed(&["connections"]);
        }
        Ok(())
    }
}

/// Notes whether a connection waits for a new sign-in.
///
/// # Errors
/// What the database reports.
pub(crate) async fn note_sign_in(
    office: &Office,
    id: ConnectionId,
    needed: bool,
) -> Result<(), Fault> {
    let (from, to) = if needed { ("ready", "sign_in_needed") } else { ("sign_in_needed", "ready") };
    let mut tx = office.store.begin().await?;
    let mut run = tx.connection_run(id).await?;
    if run.state == from {
        to.clone_into(&mut run.state);
        tx.keep_connection_run(id, &run).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What a person is told of a call that failed.
pub(crate) fn fault(error: &ProviderError) -> Fault {
    let code = match error {
        ProviderError::NotReached
        | ProviderError::Unavailable
        | ProviderError::RateLimited { .. }
        | ProviderError::OutcomeUnknown { .. }
        | ProviderError::Protocol { .. } => Code::ProviderUnavailable,
        ProviderError::SignInNeeded => Code::SignInNeeded,
        ProviderError::NotPermitted { .. }
        | ProviderError::Duplicate { .. }
        | ProviderError::MissingReference { .. }
        | ProviderError::PeriodLocked { .. }
        | ProviderError::Conflict { .. }
        | ProviderError::Rejected { .. }
        | ProviderError::BatchRefused { .. }
        | ProviderError::PlanLimit { .. }
        | ProviderError::Unsupported => Code::ProviderRefused,
    };
    Fault::new(code, error.to_string())
        .rule(crate::export::cause::error_word(error))
        .detail(crate::export::cause::error_text(error))
}
