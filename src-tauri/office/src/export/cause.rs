//! Why a record waits for a person, grouped so that one fix releases everything it held up.
//!
//! Never groups by what a message says: a refusal is told apart by its case, and within one case
//! by what must be mended.

use providers::ProviderError;
use providers::error::ReferenceKind;
use serde_json::json;
use std::collections::BTreeMap;
use store::exports::CauseDraft;

/// The longest text of a provider that is kept beside a cause.
const TEXT_CHARS: usize = 300;

/// Classes of causes, by the word the screens know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    MappingMissing,
    ReferenceGone,
    AccountCurrency,
    Validation,
    PeriodLocked,
    Duplicate,
    Conflict,
    Integrity,
    NotPermitted,
    PlanLimit,
    Depends,
    NeedLeftOut,
    FolderGone,
    UnknownOutcome,
    TooManyAttempts,
    Unsupported,
    TakenBack,
    ByHand,
    Internal,
}

impl Class {
    const ALL: [Self; 19] = [
        Self::MappingMissing,
        Self::ReferenceGone,
        Self::AccountCurrency,
        Self::Validation,
        Self::PeriodLocked,
        Self::Duplicate,
        Self::Conflict,
        Self::Integrity,
        Self::NotPermitted,
        Self::PlanLimit,
        Self::Depends,
        Self::NeedLeftOut,
        Self::FolderGone,
        Self::UnknownOutcome,
        Self::TooManyAttempts,
        Self::Unsupported,
        Self::TakenBack,
        Self::ByHand,
        Self::Internal,
    ];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MappingMissing => "mapping_missing",
            Self::ReferenceGone => "reference_gone",
            Self::AccountCurrency => "account_currency",
            Self::Validation => "validation",
            Self::PeriodLocked => "period_locked",
            Self::Duplicate => "duplicate",
            Self::Conflict => "conflict",
            Self::Integrity => "integrity",
            Self::NotPermitted => "not_permitted",
            Self::PlanLimit => "plan_limit",
            Self::Depends => "depends",
            Self::NeedLeftOut => "need_left_out",
            Self::FolderGone => "folder_gone",
            Self::UnknownOutcome => "unknown_outcome",
            Self::TooManyAttempts => "too_many_attempts",
            Self::Unsupported => "unsupported",
            Self::TakenBack => "taken_back",
            Self::ByHand => "by_hand",
            Self::Internal => "internal",
        }
    }

    /// The class behind a stored word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    /// Whether the records are in the provider's books: `no`, `yes` or `unknown`.
    pub const fn in_the_books(self) -> &'static str {
        match self {
            Self::Integrity | Self::TakenBack => "yes",
            Self::UnknownOutcome | Self::Duplicate | Self::Conflict | Self::Internal => "unknown",
            Self::MappingMissing
            | Self::ReferenceGone
            | Self::AccountCurrency
            | Self::Validation
            | Self::PeriodLocked
            | Self::NotPermitted
            | Self::PlanLimit
            | Self::Depends
            | Self::NeedLeftOut
            | Self::FolderGone
            | Self::TooManyAttempts
            | Self::Unsupported
            | Self::ByHand => "no",
        }
    }

    /// A cause of this class: one per subject.
    pub fn about(self, subject: impl Into<String>, params: &[(&str, &str)]) -> CauseDraft {
        let params: BTreeMap<String, String> = params
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| ((*name).to_owned(), shortened(value)))
            .collect();
        CauseDraft {
            class: self.word().to_owned(),
            subject: subject.into(),
            params: json!(params).to_string(),
        }
    }
}

/// The first characters of a provider's text.
pub fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(TEXT_CHARS).collect()
}

/// The cause behind a refusal that a person must look at.
pub fn of_refusal(record: i64, kind: &str, error: &ProviderError) -> CauseDraft {
    let own = record.to_string();
    match error {
        ProviderError::MissingReference { kind: ReferenceKind::Folder, name, .. } => {
            Class::FolderGone.about("", &[("name", name)])
        }
        ProviderError::MissingReference { kind, name, text } => Class::ReferenceGone.about(
            format!("{}:{name}", reference_word(*kind)),
            &[("reference", reference_word(*kind)), ("name", name), ("text", text)],
        ),
        ProviderError::PeriodLocked { text } => Class::PeriodLocked.about("", &[("text", text)]),
        ProviderError::Duplicate { text } => Class::Duplicate.about(own, &[("text", text)]),
        ProviderError::Conflict { text } => Class::Conflict.about(own, &[("text", text)]),
        ProviderError::NotPermitted { text } => Class::NotPermitted.about("", &[("text", text)]),
        ProviderError::PlanLimit { text } => Class::PlanLimit.about("", &[("text", text)]),
        ProviderError::Unsupported => Class::Unsupported.about(kind, &[("kind", kind)]),
        ProviderError::Rejected { field, text } => {
            let field = field.as_deref().unwrap_or_default();
            let subject = format!("{field}:{}", shortened(text));
            Class::Validation.about(subject, &[("field", field), ("text", text)])
        }
        ProviderError::BatchRefused { text } => Class::Validation.about(own, &[("text", text)]),
        ProviderError::OutcomeUnknown { seen } | ProviderError::Protocol { seen } => {
            Class::UnknownOutcome.about(own, &[("text", seen)])
        }
        // These wait by themselves; when one ends here, the tries are used up.
        ProviderError::NotReached
        | ProviderError::Unavailable
        | ProviderError::RateLimited { .. }
        | ProviderError::SignInNeeded => Class::TooManyAttempts.about("", &[]),
    }
}

const fn reference_word(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Account => "account",
        ReferenceKind::TaxCode => "tax_code",
        ReferenceKind::Customer => "customer",
        ReferenceKind::Currency => "currency",
        ReferenceKind::Document => "document",
        ReferenceKind::Folder => "folder",
    }
}

/// The word under which an attempt's failure is kept.
pub const fn error_word(error: &ProviderError) -> &'static str {
    match error {
        ProviderError::NotReached => "not_reached",
        ProviderError::Unavailable => "unavailable",
        ProviderError::RateLimited { .. } => "quota",
        ProviderError::OutcomeUnknown { .. } => "unknown_outcome",
        ProviderError::SignInNeeded => "sign_in",
        ProviderError::NotPermitted { .. } => "not_permitted",
        ProviderError::Duplicate { .. } => "duplicate",
        ProviderError::MissingReference { .. } => "reference_gone",
        ProviderError::PeriodLocked { .. } => "period_locked",
        ProviderError::Conflict { .. } => "conflict",
        ProviderError::Rejected { .. } | ProviderError::BatchRefused { .. } => "validation",
        ProviderError::PlanLimit { .. } => "plan_limit",
        ProviderError::Unsupported => "unsupported",
        ProviderError::Protocol { .. } => "protocol",
    }
}

/// What a provider said about one item, for the attempt history.
pub fn error_text(error: &ProviderError) -> String {
    match error {
        ProviderError::OutcomeUnknown { seen } | ProviderError::Protocol { seen } => {
            shortened(seen)
        }
        ProviderError::NotPermitted { text }
        | ProviderError::Duplicate { text }
        | ProviderError::MissingReference { text, .. }
        | ProviderError::PeriodLocked { text }
        | ProviderError::Conflict { text }
        | ProviderError::Rejected { text, .. }
        | ProviderError::BatchRefused { text }
        | ProviderError::PlanLimit { text } => shortened(text),
        ProviderError::NotReached
        | ProviderError::Unavailable
        | ProviderError::RateLimited { .. }
        | ProviderError::SignInNeeded
        | ProviderError::Unsupported => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_gone_account_is_one_cause_for_all_its_documents() {
        let gone = |text: &str| ProviderError::MissingReference {
            kind: ReferenceKind::Account,
            name: "3000".to_owned(),
            text: text.to_owned(),
        };
        let (first, second) =
            (of_refusal(1, "invoice", &gone("a")), of_refusal(2, "invoice", &gone("b")));
        assert_eq!((first.class, first.subject), (second.class, second.subject));
    }

    #[test]
    fn each_duplicate_is_decided_on_its_own() {
        let error = ProviderError::Duplicate { text: "taken".to_owned() };
        assert_ne!(
            of_refusal(1, "invoice", &error).subject,
            of_refusal(2, "invoice", &error).subject
        );
    }

    #[test]
    fn every_class_has_a_word_of_its_own() {
        let words: std::collections::BTreeSet<_> = Class::ALL.map(Class::word).into();
        assert_eq!(words.len(), Class::ALL.len());
        assert!(Class::ALL.iter().all(|class| Class::of(class.word()) == Some(*class)));
    }
}
