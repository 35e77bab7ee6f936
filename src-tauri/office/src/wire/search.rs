//! Finding things by what is typed.

use super::common::Money;
use super::wire;

wire! {
    pub struct Search {
        pub query: String,
        pub limit: u32,
    }

    pub struct SearchView {
        pub hits: Vec<SearchHit>,
    }

    pub struct SearchHit {
        /// `student`, `invoice`, `credit_note` or `payment`.
        pub kind: String,
        pub id: String,
        pub label: String,
        pub detail: String,
        pub amount: Option<Money>,
        /// Status of an invoice.
        pub status: Option<String>,
    }
}
