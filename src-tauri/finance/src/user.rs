//! The people who work at the desk.
//!
//! Never holds a password or anything a password could be guessed from: a fact can never be taken
//! back, so what proves who somebody is stands in a table that can be changed.

use crate::ids::{DepartmentId, SchoolId, UserId};
use serde::{Deserialize, Serialize};

/// What a person is in the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks after the program: everything.
    Admin,
    /// Owns the school: everything.
    Owner,
    /// Works at the desk: daily work, no connections and no set-up.
    Staff,
    /// Keeps the books: reads everything, exports, maps and reconciles.
    Accountant,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Admin, Self::Owner, Self::Staff, Self::Accountant];

    /// Whether the role looks after users and the school itself.
    pub const fn leads(self) -> bool {
        matches!(self, Self::Admin | Self::Owner)
    }
}

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Their identity.
    pub id: UserId,
    /// The school.
    pub school_id: SchoolId,
    /// What they sign in with and what stands in the log as the actor. It never changes and is
    /// never given to another, so that the log always says who it was.
    pub login: String,
    /// Their name as colleagues read it.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The departments they see; empty: all of them.
    pub departments: Vec<DepartmentId>,
    /// False: they do not sign in any more.
    pub active: bool,
}
