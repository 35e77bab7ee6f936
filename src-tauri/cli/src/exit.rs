//! What the program ends with: a contract with scripts.
//!
//! Never derived from a message: each code of a fault has its exit code in one table.

use office::Code;
use std::process::ExitCode;

/// The table of the exit codes, as `--help` shows it.
pub const HELP: &str = "\
Exit codes:
   0  done
   2  the command line or the request is not well formed
   3  refused by a rule of the office; nothing was recorded
   4  what was asked for is not there
   5  the book is locked, nobody is signed in, or the passphrase or password is wrong
   6  trouble with the book: in use, foreign, newer, damaged, or not sound
   7  the accounting system, or records that wait for a person, need attention
   8  the disk is full or reported an error
  70  a fault of this program
 130  stopped with Ctrl-C";

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    Usage = 2,
    Refused = 3,
    NotFound = 4,
    Locked = 5,
    Book = 6,
    Attention = 7,
    Disk = 8,
    Internal = 70,
    Stopped = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Code> for Exit {
    fn from(code: Code) -> Self {
        match code {
            Code::BadRequest | Code::UnknownCommand => Self::Usage,
            Code::Invalid
            | Code::AlreadyExists
            | Code::CannotIssue
            | Code::CannotCredit
            | Code::CannotPay
            | Code::CannotPlan
            | Code::ImportRefused
            | Code::WrongState
            | Code::Forbidden => Self::Refused,
            Code::NotFound | Code::NoBook => Self::NotFound,
            // Without the keychain there is no key, so the book stays locked.
            Code::Locked
            | Code::WrongPassphrase
            | Code::TooManyTries
            | Code::NotSignedIn
            | Code::WrongPassword
            | Code::KeychainUnavailable => Self::Locked,
            Code::BookForeign | Code::BookNewer | Code::BookDamaged | Code::BookInUse => Self::Book,
            Code::ProviderUnavailable
            | Code::SignInNeeded
            | Code::ProviderRefused
            | Code::MailUnavailable => Self::Attention,
            Code::DiskFull | Code::DiskError => Self::Disk,
            Code::Internal => Self::Internal,
        }
    }
}
