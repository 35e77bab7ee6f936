//! Other currencies: rates, and what something in another currency is worth in the books.

use super::common::Money;
use super::invoices::TotalsView;
use super::wire;

wire! {
    /// All rates that were set.
    pub struct ExchangeRates {
        /// The currency of the books.
        pub base: String,
        /// By currency, the latest day first.
        pub rates: Vec<ExchangeRateRow>,
        /// Currencies with a rate that holds today, and the currency of the books first: what a
        /// draft or payment may be in.
        pub currencies: Vec<String>,
    }

    pub struct ExchangeRateRow {
        pub currency: String,
        /// Units of the currency of the books for one unit of `currency`.
        pub rate: String,
        /// The first day it holds.
        pub on: String,
        /// Where it comes from, or empty.
        pub source: String,
        /// It is the one that holds today.
        pub in_force: bool,
    }

    /// Sets the rate of a currency from a day on; a rate of the same day is replaced.
    pub struct SetExchangeRate {
        pub currency: String,
        pub rate: String,
        pub on: String,
        /// May be empty.
        pub source: String,
    }

    /// Rates as a table: `currency,rate,date` in any order of columns, one rate a line.
    pub struct ImportExchangeRates {
        pub csv: String,
        /// Where they come from, or empty.
        pub source: String,
    }

    pub struct ExchangeRatesImported {
        /// Set by this table.
        pub set: u32,
        /// Known already as they stand.
        pub same: u32,
    }

    /// The price of a service in another currency.
    pub struct ExchangePrice {
        pub service_id: String,
        pub currency: String,
        /// The day whose rate counts.
        pub on: String,
    }

    pub struct ExchangedPrice {
        /// In the school's price basis, rounded to the currency.
        pub unit_price: String,
        pub currency: String,
        pub rate: String,
        /// The day of the rate.
        pub on: String,
    }

    /// The rate that a draft in another currency is issued by.
    pub struct DraftExchange {
        pub currency: String,
        /// The currency of the books.
        pub base: String,
        /// Nothing: no rate is known for its date.
        pub rate: Option<String>,
        /// The day of the rate.
        pub on: Option<String>,
        /// Older than a week on the day of the draft.
        pub old: bool,
        /// What the document is worth in the currency of the books.
        pub totals: Option<TotalsView>,
    }

    /// What an issued document in another currency is worth in the books.
    pub struct DocumentExchange {
        pub rate: String,
        /// The day of the rate.
        pub on: String,
        /// Sums and VAT by code in the currency of the books.
        pub totals: TotalsView,
        /// What is open of an invoice, or unused of a credit note, in the currency of the books.
        pub left: Money,
    }

    /// A row's amounts in the currency of the books, where the row is in another one.
    pub struct RowBase {
        /// Signed as in the row.
        pub gross: Money,
        pub open: Money,
    }

    /// The other currency that money is in, and what it came or left as.
    pub struct ForeignMoney {
        pub currency: String,
        /// In the currency of the books. Nothing: it follows from the rate.
        pub base_amount: Option<String>,
        /// Units of the currency of the books for one of `currency`. Nothing: the rate of the day.
        pub rate: Option<String>,
    }

    /// Money in another currency, in the books.
    pub struct MoneyBase {
        /// What it was worth the day it came or left.
        pub amount: Money,
        /// What is unused of it; nothing of a refund.
        pub unallocated: Option<Money>,
        /// What was gained by exchange so far; below nothing: lost.
        pub gain: Money,
    }
}
