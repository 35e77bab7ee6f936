//! Shapes that many requests and views share.

use super::wire;

/// An amount: a decimal string with the decimals of its currency.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(export, as = "MoneyShape")]
pub struct Money(pub finance::Money);

/// How [`Money`] is written.
#[derive(ts_rs::TS)]
#[ts(rename = "Money")]
#[allow(dead_code)]
struct MoneyShape {
    /// For example `-1234.50`.
    amount: String,
    /// ISO 4217 code.
    currency: String,
}

wire! {
    /// Nothing to say.
    pub struct Nothing {}

    /// A window onto a long list.
    pub struct Window {
        /// Rows to leave out.
        pub offset: u32,
        /// Rows wanted, at most 500.
        pub limit: u32,
    }

    /// Order of a list.
    pub struct Order {
        /// Column, by its name in the row.
        pub by: String,
        /// Largest first.
        pub descending: bool,
    }

    /// A file made for the person, lying where only this user can read it.
    pub struct MadeFile {
        /// Where it lies.
        pub path: String,
        /// Its name.
        pub name: String,
        /// Size in bytes.
        pub bytes: u32,
        /// The content in base64, where the caller asked for it (a preview).
        pub content: Option<String>,
    }

    /// Where a made file goes.
    pub struct FileWish {
        /// True: give the content back for a preview. False: write it to `folder`.
        pub inline: bool,
        /// A folder chosen by the person; nothing means the desk's own folder for papers.
        pub folder: Option<String>,
    }

    /// A postal address.
    pub struct Address {
        pub line1: String,
        pub line2: String,
        pub postal_code: String,
        pub city: String,
        /// ISO 3166 alpha-2 code.
        pub country: String,
    }

    /// A person's details.
    pub struct Person {
        pub name: String,
        pub email: String,
        pub phone: String,
        pub address: Address,
        /// How they wish to be reminded: `email`, `sms` or `letter`; nothing: as the schedule says.
        pub reach_by: Option<String>,
    }

    /// One line of an object's history, oldest first.
    pub struct HistoryEntry {
        /// RFC 3339.
        pub at: String,
        pub actor: String,
        /// `issued`, `credited`, `paid`, `allocated`, `exported`, `export_failed`, `settled` …
        pub what: String,
        /// What goes with it: number, amount, system, external id.
        pub params: std::collections::BTreeMap<String, String>,
    }
}
