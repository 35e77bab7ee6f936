//! How one of ours stands, by the word the screens know.
//!
//! Never decides it: that is the survey's.

/// How one of ours stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Mapped onto something usable.
    Mapped,
    /// Not mapped.
    Missing,
    /// Not mapped, and need not be.
    Open,
    /// Not mapped, and a rule decides all of it.
    Ruled,
    /// Mapped onto something that is no longer usable there.
    Gone,
}

impl State {
    /// The word the screens know.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Missing => "missing",
            Self::Open => "open",
            Self::Ruled => "ruled",
            Self::Gone => "gone",
        }
    }
}
