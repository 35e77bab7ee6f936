//! Asks the office's router, unlocking the book and signing in on the way where that is needed.
//!
//! Never calls a use case past the router: what the terminal may do is what the window may do.

use crate::{passphrase, user};
use office::{Code, Desk, Fault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

/// The terminal's place among windows: it has a session of its own, which ends with the program.
const SEAT: &str = "terminal";

/// The person at the terminal, at a desk.
pub struct Asker {
    desk: Arc<Desk>,
}

impl Asker {
    /// Somebody at a desk, who has yet to say who they are where the book has users.
    pub const fn new(desk: Arc<Desk>) -> Self {
        Self { desk }
    }

    /// The desk.
    pub const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Asks and reads the answer.
    ///
    /// # Errors
    /// What the router refuses; [`Code::Locked`] where no passphrase can be had, and
    /// [`Code::NotSignedIn`] where no user's name and password can.
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
        let mut answered = self.dispatch(command, request.clone()).await;
        if matches!(&answered, Err(fault) if fault.code == Code::Locked) {
            self.unlock(passphrase::of_book()?).await?;
            answered = self.dispatch(command, request.clone()).await;
        }
        if matches!(&answered, Err(fault) if fault.code == Code::NotSignedIn) {
            self.dispatch("sign_in", serde_json::to_value(user::given()?).map_err(internal)?)
                .await?;
            answered = self.dispatch(command, request).await;
        }
        answered
    }

    /// Opens a locked book.
    ///
    /// # Errors
    /// [`Code::WrongPassphrase`], or what keeps the book from opening.
    pub async fn unlock(&self, passphrase: String) -> Result<(), Fault> {
        self.dispatch("unlock_book", json!({ "passphrase": passphrase })).await.map(drop)
    }

    async fn dispatch(&self, command: &str, request: Value) -> Result<Value, Fault> {
        let answer = office::rpc::answer(&self.desk, SEAT, command, request).await?;
        serde_json::from_str(answer.get()).map_err(internal)
    }
}

/// A request or an answer that cannot be written as JSON.
pub fn internal(error: serde_json::Error) -> Fault {
    Fault::new(Code::Internal, error.to_string())
}
