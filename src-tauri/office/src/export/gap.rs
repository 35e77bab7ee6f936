//! What keeps a document here: something of ours that has no usable counterpart there.
//!
//! Never a refusal: it is found before anything is sent.

use super::cause::Class;
use super::codes::{RemoteSide, kind_word, mapping_subject};
use finance::ids::DepartmentId;
use finance::mapping::MappedKind;
use store::exports::CauseDraft;

/// Something of ours that has no usable counterpart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    pub(super) kind: MappedKind,
    pub(super) local_key: String,
    pub(super) label: String,
    pub(super) why: Why,
}

/// What is wrong with the counterpart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// None is chosen.
    Missing,
    /// The code that is mapped is no longer usable there; with the department it stands at.
    Gone { level: Option<DepartmentId>, code: String },
    /// The currency is not switched on there, or no other than that of the books is.
    Off { is_single: bool },
    /// The books there are in another currency than ours, and nothing here leads to it.
    NoRate { books: String },
    /// The account holds another foreign currency than the money is in.
    HeldOtherwise { level: Option<DepartmentId>, account: String, held: String, money: String },
}

impl Gap {
    /// Its kind, its name, and the code that is no longer usable there.
    pub fn named(&self) -> (MappedKind, &str, Option<&str>) {
        let label = if self.label.is_empty() { &self.local_key } else { &self.label };
        let code = match &self.why {
            Why::Gone { code, .. } | Why::HeldOtherwise { account: code, .. } => {
                Some(code.as_str())
            }
            Why::Missing | Why::Off { .. } | Why::NoRate { .. } => None,
        };
        (self.kind, label, code)
    }

    /// The currency of the books there, where nothing here leads to it.
    pub fn books(&self) -> Option<&str> {
        match &self.why {
            Why::NoRate { books } => Some(books.as_str()),
            _ => None,
        }
    }

    /// The cause it is for every document that needs it.
    pub fn cause(&self) -> CauseDraft {
        let (key, label) = (self.local_key.as_str(), self.label.as_str());
        let ours = [("kind", kind_word(self.kind)), ("local_key", key), ("label", label)];
        match &self.why {
            Why::Missing => Class::MappingMissing.about(mapping_subject(self.kind, key), &ours),
            Why::Off { is_single } => {
                let single = if *is_single { "yes" } else { "" };
                let subject = mapping_subject(self.kind, key);
                Class::MappingMissing.about(subject, &[&ours[..], &[("single", single)]].concat())
            }
            Why::NoRate { books } => {
                let subject = mapping_subject(self.kind, key);
                Class::MappingMissing.about(subject, &[&ours[..], &[("books", books)]].concat())
            }
            Why::Gone { level, code } => {
                let side = RemoteSide::of(self.kind).word();
                let department = level.map(|id| id.to_string()).unwrap_or_default();
                let more = [("reference", side), ("name", code), ("department_id", &department)];
                Class::ReferenceGone.about(format!("{side}:{code}"), &[&ours[..], &more].concat())
            }
            Why::HeldOtherwise { level, account, held, money } => {
                let department = level.map(|id| id.to_string()).unwrap_or_default();
                let more = [
                    ("name", account.as_str()),
                    ("held", held),
                    ("currency", money),
                    ("department_id", &department),
                ];
                let subject = mapping_subject(self.kind, key);
                Class::AccountCurrency.about(subject, &[&ours[..], &more].concat())
            }
        }
    }
}
