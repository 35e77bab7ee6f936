//! Who asks, and what they may do.
//!
//! Never looked up by a use case on its own: the router checks it before any use case runs, so no
//! command can forget to.

use crate::fault::{Code, Fault};
use finance::ids::{DepartmentId, SchoolId, UserId};
pub use finance::user::Role;

/// Kinds of acts that are allowed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Coming to the desk and leaving it: its state, the passphrase, signing in. Anybody.
    Enter,
    /// Seeing what is in the book.
    See,
    /// Daily work: students, drafts, invoices, payments.
    Work,
    /// Taking back an issued invoice.
    Credit,
    /// Saying that money which had arrived is gone again.
    Reverse,
    /// Paying money back, giving up what an invoice has open, waiving what must be paid first,
    /// letting a package last longer than was sold, taking back what a file brought in.
    GiveUp,
    /// Letting somebody who owes book on in spite of the debt gate.
    LetThrough,
    /// Price list, imports.
    Price,
    /// Sending to accounting systems, reading files out.
    Export,
    /// Accounting systems, mappings, exports settled by hand.
    Connect,
    /// Reading what everybody did, and proving that the log is whole.
    Audit,
    /// Destroying what is known of a person.
    Erase,
    /// Creating and removing a school, its users, its desks.
    SetUp,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 13] = [
        Self::Enter,
        Self::See,
        Self::Work,
        Self::Credit,
        Self::Reverse,
        Self::GiveUp,
        Self::LetThrough,
        Self::Price,
        Self::Export,
        Self::Connect,
        Self::Audit,
        Self::Erase,
        Self::SetUp,
    ];
}

impl Act {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::See => "see",
            Self::Work => "work",
            Self::Credit => "credit",
            Self::Reverse => "reverse",
            Self::GiveUp => "give_up",
            Self::LetThrough => "let_through",
            Self::Price => "price",
            Self::Export => "export",
            Self::Connect => "connect",
            Self::Audit => "audit",
            Self::Erase => "erase",
            Self::SetUp => "set_up",
        }
    }
}

/// The actor's name in the log of a desk without sign-in; no user signs in under it.
pub const OWNER: &str = "owner";

/// A person at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// As it stands in the log.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The school they belong to; nothing: whichever is open on this machine.
    pub school: Option<SchoolId>,
    /// The departments they see; empty: all of them.
    pub departments: Vec<DepartmentId>,
    /// Who signed in; nothing where nobody has to.
    pub user: Option<UserId>,
    /// The window or terminal they sit at. Whoever carries the request names it, never the request.
    pub seat: String,
}

impl Actor {
    /// The one local user of a desk without sign-in.
    pub fn owner() -> Self {
        Self {
            name: OWNER.to_owned(),
            role: Role::Owner,
            school: None,
            departments: Vec::new(),
            user: None,
            seat: String::new(),
        }
    }

    /// The same, sitting at a window or terminal.
    #[must_use]
    pub fn at(self, seat: &str) -> Self {
        Self { seat: seat.to_owned(), ..self }
    }

    /// Whether the role allows an act. Who sees some departments only does nothing that touches
    /// all of them at once.
    pub fn may(&self, act: Act) -> bool {
        let here = matches!(act, Act::Enter | Act::See | Act::Work | Act::Credit | Act::Reverse);
        if !self.departments.is_empty() && !here {
            return false;
        }
        match self.role {
            Role::Admin | Role::Owner => true,
            Role::Staff => here || act == Act::Export,
            Role::Accountant => {
                matches!(act, Act::Enter | Act::See | Act::Export | Act::Connect | Act::Audit)
            }
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
