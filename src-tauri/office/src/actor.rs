//! Who asks, and what they may do.
//!
//! Never looked up by a use case on its own: the router checks it before any use case runs, so no
//! command can forget to.

use crate::fault::{Code, Fault};
use finance::ids::SchoolId;

/// What a person is in the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
}

/// Kinds of acts that are allowed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Seeing what is in the book.
    See,
    /// Daily work: students, drafts, invoices, payments.
    Work,
    /// Taking back an issued invoice.
    Credit,
    /// Saying that money which had arrived is gone again.
    Reverse,
    /// Paying money back, giving up what an invoice has open.
    GiveUp,
    /// Price list, imports.
    Price,
    /// Sending to accounting systems, reading files out.
    Export,
    /// Accounting systems, mappings, exports settled by hand.
    Connect,
    /// Creating, unlocking, removing a school.
    SetUp,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 9] = [
        Self::See,
        Self::Work,
        Self::Credit,
        Self::Reverse,
        Self::GiveUp,
        Self::Price,
        Self::Export,
        Self::Connect,
        Self::SetUp,
    ];
}

/// A person at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// As it stands in the log.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The school they belong to; nothing: whichever is open on this machine.
    pub school: Option<SchoolId>,
}

impl Actor {
    /// The one local user of a desk without sign-in.
    pub fn owner() -> Self {
        Self { name: "owner".to_owned(), role: Role::Owner, school: None }
    }

    /// Whether the role allows an act.
    pub fn may(&self, act: Act) -> bool {
        match self.role {
            Role::Admin | Role::Owner => true,
            Role::Staff => {
                matches!(act, Act::See | Act::Work | Act::Credit | Act::Reverse | Act::Export)
            }
            Role::Accountant => matches!(act, Act::See | Act::Export | Act::Connect),
        }
    }

    /// Refuses what the role does not allow.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn demand(&self, act: Act) -> Result<(), Fault> {
        if self.may(act) {
            return Ok(());
        }
        let message = format!("{} may not do this as {:?}.", self.name, self.role);
        Err(Fault::new(Code::Forbidden, message))
    }

    /// Refuses the book of another school.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn demand_school(&self, school: SchoolId) -> Result<(), Fault> {
        match self.school {
            Some(own) if own != school => {
                Err(Fault::new(Code::Forbidden, "This book belongs to another school."))
            }
            _ => Ok(()),
        }
    }
}
