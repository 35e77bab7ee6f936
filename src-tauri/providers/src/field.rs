//! Fields of a school's own on sales documents.
//!
//! Never decides what goes into one: that is mapped.

use serde::{Deserialize, Serialize};

/// A field of a company's own, as it was read there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteField {
    /// The code that documents name.
    pub code: String,
    /// Its name.
    pub name: String,
    /// False when switched off there.
    pub active: bool,
}

/// What a document says in one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldText {
    /// Their code of the field.
    pub field: String,
    /// What it says.
    pub text: String,
    /// A name, which may be cut where it is too long; a number or reference is whole or refused.
    pub may_cut: bool,
}
