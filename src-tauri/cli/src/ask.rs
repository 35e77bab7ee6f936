//! Asks the office's router, unlocking the book on the way where it is locked.
//!
//! Never calls a use case past the router: what the terminal may do is what the window may do.

use crate::passphrase;
use office::{Actor, Code, Desk, Fault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

/// The person at the terminal, at a desk.
pub struct Asker {
    desk: Arc<Desk>,
    actor: Actor,
}

impl Asker {
    /// The one local user of a desk.
    pub fn new(desk: Arc<Desk>) -> Self {
        Self { desk, actor: Actor::owner() }
    }

    /// The desk.
    pub const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Asks and reads the answer.
    ///
    /// # Errors
    /// What the router refuses; [`Code::Locked`] where no passphrase can be had.
    pub async fn ask<Answer: DeserializeOwned>(
        &self,
        command: &str,
        request: impl Serialize,
    ) -> Result<Answer, Fault> {
        let request = serde_json::to_value(request).map_err(internal)?;
        let answer = self.call(command, request).await?;
        serde_json::from_value(answer).map_err(internal)
    }

    /// Asks with a request as it is.
    ///
    /// # Errors
    /// As [`Asker::ask`].
    pub async fn call(&self, command: &str, request: Value) -> Result<Value, Fault> {
        match self.dispatch(command, request.clone()).await {
            Err(fault) if fault.code == Code::Locked => {
                self.unlock(passphrase::of_book()?).await?;
                self.dispatch(command, request).await
            }
            answered => answered,
        }
    }

    /// Opens a locked book.
    ///
    /// # Errors
    /// [`Code::WrongPassphrase`], or what keeps the book from opening.
    pub async fn unlock(&self, passphrase: String) -> Result<(), Fault> {
        self.dispatch("unlock_book", json!({ "passphrase": passphrase })).await.map(drop)
    }

    async fn dispatch(&self, command: &str, request: Value) -> Result<Value, Fault> {
        let answer = office::rpc::dispatch(&self.desk, &self.actor, command, request).await?;
        serde_json::from_str(answer.get()).map_err(internal)
    }
}

fn internal(error: serde_json::Error) -> Fault {
    Fault::new(Code::Internal, error.to_string())
}
