//! The words in which an export record's state and kind are kept.
//!
//! Never decides which state follows which: the office's state machine does.

use crate::StoreError;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$case:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$case])* $variant,)+
        }

        impl $name {
            /// Every case.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word it is stored and shown under.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The case behind a stored word.
            ///
            /// # Errors
            /// [`StoreError::Damaged`] where the table holds another word.
            pub fn of(word: &str) -> Result<Self, StoreError> {
                Self::ALL.iter().copied().find(|case| case.word() == word).ok_or_else(|| {
                    StoreError::Damaged(format!("{word} is no {}", stringify!($name)))
                })
            }
        }
    };
}

words! {
    /// Where a record stands.
    ExportState {
        /// To be sent.
        Pending = "pending",
        /// Written down before the first byte left; no answer is written down yet.
        InFlight = "in_flight",
        /// There, with equal totals.
        Exported = "exported",
        /// Not applied there; sent again at a known time.
        RetryWait = "retry_wait",
        /// Perhaps there: looked up before anything else.
        Unknown = "unknown",
        /// A person decides.
        NeedsReview = "needs_review",
        /// Waits for another record that a person must settle first.
        Blocked = "blocked",
        /// A person says it was done elsewhere.
        SettledManually = "settled_manually",
        /// A person says it is not to be sent.
        Skipped = "skipped",
        /// Taken back before it was sent.
        Cancelled = "cancelled",
        /// Never sent: something newer took its place.
        Superseded = "superseded",
    }
}

words! {
    /// What kind of record it is, in the order in which records depend on each other.
    ExportKind {
        /// A student as customer.
        Customer = "customer",
        /// An invoice.
        Invoice = "invoice",
        /// A credit note.
        CreditNote = "credit_note",
        /// Money that no invoice took when it was sent (document: the part of the payment).
        OnAccount = "on_account",
        /// Money set against one invoice (document: the allocation).
        Payment = "payment",
        /// A credit note, or money on account, set against one invoice (document: the allocation).
        CreditAllocation = "credit_allocation",
        /// A rest of an invoice that was given up (document: the write-off).
        WriteOff = "write_off",
        /// Money paid back.
        Refund = "refund",
        /// A journal entry (document: the entry's own id).
        Journal = "journal",
        /// The PDF of an invoice or credit note (document: that one).
        Attachment = "attachment",
    }
}

words! {
    /// What a person looks at when they look at a record.
    PageKind {
        /// A student.
        Student = "student",
        /// A payer.
        Payer = "payer",
        /// An invoice.
        Invoice = "invoice",
        /// A credit note.
        CreditNote = "credit_note",
        /// A payment.
        Payment = "payment",
        /// Money paid back.
        Refund = "refund",
    }
}

words! {
    /// Why it is not known whether a record was applied.
    Doubt {
        /// No answer came: the request may still be running there.
        Lost = "lost",
        /// This program stopped while it was under way: it may still be running there.
        Interrupted = "interrupted",
        /// The request ended without saying what it did.
        Over = "over",
        /// Refused, because something with its number is there already.
        Duplicate = "duplicate",
    }
}
