//! What a person keeps of the lists, and reading a list out.

use super::common::FileWish;
use super::invoices::InvoiceFilter;
use super::packages::ListPackages;
use super::payments::ListPayments;
use super::students::ListStudents;
use super::wire;

wire! {
    /// Everything this person keeps of the lists.
    pub struct ListDesk {
        /// Own and shared views of every list, by name.
        pub views: Vec<SavedView>,
        pub setups: Vec<ListSetup>,
    }

    pub struct SavedView {
        pub id: String,
        pub list: String,
        pub name: String,
        /// What the list's address holds, as a JSON object.
        pub address: String,
        pub is_shared: bool,
        /// False: somebody else's, who shares it.
        pub is_mine: bool,
    }

    pub struct ListSetup {
        pub list: String,
        /// In their order; a column that is not named stands where the list puts it.
        pub columns: Vec<ColumnChoice>,
        /// The view the list opens with.
        pub default_view: Option<String>,
    }

    pub struct ColumnChoice {
        pub id: String,
        /// Nothing: as wide as the list makes it.
        pub width_px: Option<u32>,
        pub is_hidden: bool,
    }

    pub struct SaveView {
        /// Made when the form opens: pressing twice keeps one. One that is there is changed.
        pub id: String,
        pub list: String,
        pub name: String,
        pub address: String,
        pub is_shared: bool,
    }

    pub struct ViewRequest {
        pub id: String,
    }

    /// The rows of a list as they are narrowed there; their window does not count.
    pub enum ListedRows {
        Invoices(InvoiceFilter),
        Students(ListStudents),
        Payments(ListPayments),
        Packages(ListPackages),
    }

    pub struct ListCsv {
        pub rows: ListedRows,
        /// Only these of them; empty: all that match.
        pub ids: Vec<String>,
        /// All that match but these.
        pub except: Vec<String>,
        pub wish: FileWish,
    }

    /// The rows of a list to be printed, as they are narrowed and ordered there; their window does
    /// not count.
    pub enum PrintedRows {
        Students(ListStudents),
        Payments(ListPayments),
        Packages(ListPackages),
    }

    pub struct PrintList {
        pub rows: PrintedRows,
        pub wish: FileWish,
    }

    /// An amount as it is typed, also as a sum.
    pub struct ReadAmount {
        /// `1,5k`, `100+25`, `3*450`.
        pub text: String,
        /// ISO 4217 code.
        pub currency: String,
        /// Most decimals; nothing: those of the currency.
        pub decimals: Option<u32>,
        pub allow_negative: bool,
    }

    pub struct AmountRead {
        /// A decimal string with at least the decimals of the currency.
        pub amount: String,
    }
}
