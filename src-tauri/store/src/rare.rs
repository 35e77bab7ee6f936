//! What most books have none of: asked of the database once, because each question is a journey to
//! its thread.
//!
//! Never says that there is none where there is one.

use crate::error::StoreError;
use crate::view::View;
use finance::fact::{Fact, FactBody};
use std::sync::atomic::{AtomicU8, Ordering};

/// A kind of thing that most books have none of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rare {
    /// A person whose data was destroyed.
    Erasure,
    /// A connection to an accounting system, open or closed.
    Connection,
}

const UNKNOWN: u8 = 0;
const NONE: u8 = 1;
const SOME: u8 = 2;

/// What is known of each kind.
#[derive(Debug, Default)]
pub(crate) struct Known {
    erasure: AtomicU8,
    connection: AtomicU8,
}

impl Known {
    fn of(&self, kind: Rare) -> &AtomicU8 {
        match kind {
            Rare::Erasure => &self.erasure,
            Rare::Connection => &self.connection,
        }
    }

    /// Takes note of facts before they are applied: what is undone later is believed to be there,
    /// which costs a question and is never wrong.
    pub fn note(&self, facts: &[Fact]) {
        for fact in facts {
            let kind = match &fact.body {
                FactBody::PersonErased(_) => Rare::Erasure,
                FactBody::ConnectionOpened { .. } => Rare::Connection,
                _ => continue,
            };
            self.of(kind).store(SOME, Ordering::Release);
        }
    }
}

impl View {
    /// Whether this picture of the book may show anything of a kind.
    pub(crate) async fn may_have(&mut self, kind: Rare) -> Result<bool, StoreError> {
        match self.memo.rare.of(kind).load(Ordering::Acquire) {
            NONE => return Ok(false),
            SOME => return Ok(true),
            _ => {}
        }
        // Of the whole book: somebody limited to departments may see none of what others see.
        let question = match kind {
            Rare::Erasure => "SELECT EXISTS (SELECT 1 FROM main.erasure)",
            Rare::Connection => "SELECT EXISTS (SELECT 1 FROM main.connection)",
        };
        let any: bool = sqlx::query_scalar(question).fetch_one(self.conn()).await?;
        let answer = if any { SOME } else { NONE };
        // Where the writer noted one meanwhile, an older picture shows none of it: the note stays.
        let noted = self.memo.rare.of(kind);
        match noted.compare_exchange(UNKNOWN, answer, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) | Err(_) => Ok(any),
        }
    }
}
