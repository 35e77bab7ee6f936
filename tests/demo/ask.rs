//! Asks the office the way a window does: through the router, with the types on the wire.

use office::{Actor, Desk, Fault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A step of the story, or the reason it stopped.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Whoever asks.
pub struct Asker {
    desk: Arc<Desk>,
    actor: Actor,
}

impl Asker {
    pub fn new(desk: Arc<Desk>) -> Self {
        Self { desk, actor: Actor::owner() }
    }

    /// Asks one command; a refusal keeps its code and words.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        name: &str,
        request: impl Serialize,
    ) -> Outcome<T> {
        let request = serde_json::to_value(request)?;
        let answer = office::rpc::dispatch(&self.desk, &self.actor, name, request).await;
        let answer = answer.map_err(|fault| said(name, &fault))?;
        Ok(serde_json::from_str(answer.get())?)
    }
}

fn said(name: &str, fault: &Fault) -> String {
    let rule = fault.rule.as_deref().unwrap_or("-");
    let detail = fault.detail.as_deref().unwrap_or("");
    format!("{name}: {:?} ({rule}): {} {detail}", fault.code, fault.message)
}
