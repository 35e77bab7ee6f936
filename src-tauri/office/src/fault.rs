//! What went wrong, as whoever asked should see it.
//!
//! Never an internal text as headline: the code chooses the words, `detail` is for copying.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Codes that a screen branches on or has words for. Their texts are `errors.<code>` in every
/// language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Code {
    /// The request itself is not well formed.
    BadRequest,
    /// No such command.
    UnknownCommand,
    /// A field's content breaks a rule; `field` names it.
    Invalid,
    /// What was asked for is not there.
    NotFound,
    /// It exists already.
    AlreadyExists,
    /// The book is locked: give the passphrase.
    Locked,
    /// There is no book yet.
    NoBook,
    /// The passphrase is wrong.
    WrongPassphrase,
    /// Too many wrong passphrases: wait.
    TooManyTries,
    /// The file is not a book of this program.
    BookForeign,
    /// The book was made by a newer version of this program.
    BookNewer,
    /// The book is damaged.
    BookDamaged,
    /// Another window or program holds the book.
    BookInUse,
    /// No space left on the disk; nothing was recorded.
    DiskFull,
    /// The disk reported an error; reopen and look again.
    DiskError,
    /// The keychain is not available.
    KeychainUnavailable,
    /// A document cannot be issued as it is.
    CannotIssue,
    /// An invoice cannot be credited so.
    CannotCredit,
    /// A payment cannot be recorded so.
    CannotPay,
    /// A payment plan cannot be agreed so.
    CannotPlan,
    /// An import was refused; the report says why.
    ImportRefused,
    /// The accounting system could not be reached.
    ProviderUnavailable,
    /// The accounting system asks for a new sign-in.
    SignInNeeded,
    /// The accounting system refused.
    ProviderRefused,
    /// The mail server could not be reached, or did not let us in.
    MailUnavailable,
    /// This cannot be done in the record's present state.
    WrongState,
    /// The actor may not do this.
    Forbidden,
    /// The book has users, and nobody is signed in at this window, or it is locked.
    NotSignedIn,
    /// No active user has this name and password.
    WrongPassword,
    /// A fault of this program.
    Internal,
}

/// A refusal or failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, thiserror::Error)]
#[error("{message}")]
#[ts(export)]
pub struct Fault {
    /// What kind.
    pub code: Code,
    /// What happened, in English, for terminals and logs.
    pub message: String,
    /// The rule behind it, by the code of its text: `errors.<code>.<rule>`.
    pub rule: Option<String>,
    /// The request's field it is about.
    pub field: Option<String>,
    /// What the texts need.
    pub params: BTreeMap<String, String>,
    /// For copying into a support request; never shown as a headline.
    pub detail: Option<Box<str>>,
}

impl Fault {
    /// A fault of a kind, in words.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            rule: None,
            field: None,
            params: BTreeMap::new(),
            detail: None,
        }
    }

    /// Names the field it is about.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Names the rule behind it.
    #[must_use]
    pub fn rule(mut self, rule: impl Into<String>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// Adds something the texts need.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Adds what a support request needs.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into().into_boxed_str());
        self
    }
}

impl From<store::StoreError> for Fault {
    fn from(error: store::StoreError) -> Self {
        use store::StoreError as Refused;
        let message = error.to_string();
        let fault = |code| Self::new(code, message.clone());
        match error {
            Refused::NoBook => fault(Code::NoBook),
            Refused::Exists => fault(Code::AlreadyExists),
            Refused::InUse => fault(Code::BookInUse),
            // The key comes from the keychain or from under a right passphrase: if it does not
            // open the file, the file is another one.
            Refused::WrongKey | Refused::Foreign => fault(Code::BookForeign),
            Refused::Newer { .. } | Refused::NewerFact => fault(Code::BookNewer),
            Refused::Damaged(detail) => fault(Code::BookDamaged).detail(detail),
            Refused::DiskFull => fault(Code::DiskFull),
            Refused::DiskError => fault(Code::DiskError),
            Refused::CodeTaken => fault(Code::AlreadyExists).rule("code_taken"),
            Refused::NumberTaken(number) => {
                fault(Code::AlreadyExists).rule("number_taken").with("number", number)
            }
            Refused::OverAllocated { what, by } => fault(Code::WrongState)
                .rule("over_allocated")
                .with("what", what)
                .with("by", by.to_string()),
            Refused::BilledAlready { key, number } => fault(Code::WrongState)
                .rule("billed_already")
                .with("key", key)
                .with("number", number),
            Refused::OutsideScope => fault(Code::Forbidden).rule("outside_scope"),
            Refused::CauseMissing => fault(Code::NotFound),
            Refused::WrongSchool | Refused::WrongCurrency => fault(Code::Internal),
            Refused::Database(cause) => fault(Code::Internal).detail(cause.to_string()),
        }
    }
}

impl From<finance::money::MoneyError> for Fault {
    fn from(error: finance::money::MoneyError) -> Self {
        Self::new(Code::Invalid, error.to_string()).rule("amount")
    }
}
