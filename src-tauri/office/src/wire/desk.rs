//! Starting, creating a school, protection.

use super::common::Address;
use super::users::SessionView;
use super::wire;

wire! {
    /// What state the desk is in.
    pub struct DeskStatus {
        pub state: DeskState,
        /// How the book's key is kept, once there is a book.
        pub protection: Option<Protection>,
        /// True where the system's keychain works on this machine.
        pub keychain_available: bool,
        pub school: Option<SchoolView>,
        /// Who sits at this window, once the book is open.
        pub session: Option<SessionView>,
        pub version: String,
        /// Today by the desk's calendar, `YYYY-MM-DD`.
        pub today: String,
        /// Code of a fault that keeps the book from opening, if any (`book_newer`, `book_foreign`, …).
        pub trouble: Option<String>,
    }

    pub enum DeskState {
        /// No book yet: first run.
        Empty,
        /// There is a book, and it needs its passphrase.
        Locked,
        /// Open.
        Ready,
        /// There is a file, but it cannot be opened; see `trouble`.
        Broken,
    }

    /// How the key of the book is kept.
    pub enum Protection {
        /// In the system's keychain.
        Keychain,
        /// Wrapped under a passphrase.
        Passphrase,
    }

    /// A school as screens show it.
    pub struct SchoolView {
        pub id: String,
        pub name: String,
        pub legal_name: String,
        pub org_number: String,
        pub vat_number: String,
        pub address: Address,
        pub email: String,
        pub phone: String,
        pub bank_account: String,
        pub country: String,
        pub currency: String,
        /// Decimals of an amount in that currency.
        pub currency_decimals: u8,
        /// `gross` or `net`.
        pub price_basis: String,
        pub language: String,
        pub terms_days: u16,
        pub sample: bool,
        /// The desk's letter, part of its number series.
        pub desk: String,
    }

    /// The first-run form.
    pub struct CreateSchool {
        pub name: String,
        pub legal_name: String,
        pub org_number: String,
        /// Registered for VAT.
        pub vat_registered: bool,
        pub address: Address,
        pub email: String,
        pub phone: String,
        pub bank_account: String,
        /// `NO`, `DE`, `GB` or another code.
        pub country: String,
        pub currency: String,
        pub price_basis: String,
        pub language: String,
        pub terms_days: u16,
        /// Before the digits of an invoice number, for example `A-`.
        pub invoice_prefix: String,
        pub first_invoice_number: u32,
        pub protection: Protection,
        /// With `passphrase`: at least 10 characters.
        pub passphrase: Option<String>,
    }

    /// Opens the invented school on an empty machine.
    pub struct OpenSampleSchool {
        pub protection: Protection,
        pub passphrase: Option<String>,
        pub language: String,
    }

    /// The schools of this desk, each with a book of its own.
    pub struct DeskSchools {
        /// In the order in which they came.
        pub schools: Vec<DeskSchool>,
    }

    pub struct DeskSchool {
        pub id: String,
        /// As it was when its book was last opened, or empty.
        pub name: String,
        pub in_use: bool,
    }

    /// Turns to another school of the desk; nothing: to a place for a new one.
    pub struct ChooseSchool {
        pub id: Option<String>,
    }

    /// Whether this desk says on the desktop that something needs a person.
    pub struct NoticeSettings {
        pub on: bool,
    }

    pub struct UnlockBook {
        pub passphrase: String,
    }

    /// What a country suggests for the first-run form.
    pub struct CountryDefaults {
        pub country: String,
        pub currency: String,
        pub price_basis: String,
        pub language: String,
        pub terms_days: u16,
        pub tax_codes: Vec<TaxCodeView>,
    }

    pub struct TaxCodeView {
        pub code: String,
        pub name: String,
        /// `S`, `Z`, `E`, `O` or `AE`.
        pub category: String,
        /// Percent, for example `25`.
        pub rate: String,
        pub reason: Option<String>,
        pub valid_from: String,
    }

    pub struct PaymentMethodView {
        pub code: String,
        pub name: String,
        pub account: String,
        pub active: bool,
        /// What it costs on top; nothing: no surcharge.
        pub surcharge: Option<super::payments::SurchargeRule>,
    }

    /// Tables that forms choose from.
    pub struct SchoolTables {
        pub tax_codes: Vec<TaxCodeView>,
        pub payment_methods: Vec<PaymentMethodView>,
        pub departments: Vec<DepartmentView>,
        /// What of an invoice may be let go with the payment that leaves it; 0: nothing.
        pub small_difference: super::common::Money,
        /// The school's payment terms.
        pub terms: super::payers::Terms,
        /// Upper ends of the columns that debts are aged in, in days.
        pub ageing_buckets: Vec<u16>,
    }

    pub struct DepartmentView {
        pub id: String,
        pub name: String,
    }

    pub struct CountryRequest {
        pub country: String,
    }

    /// Result of replaying the facts.
    pub struct VerifyReport {
        pub facts: u32,
        /// The hash chain of every desk holds.
        pub chain_holds: bool,
        /// Derived tables equal those replayed from the facts.
        pub tables_agree: bool,
        /// The file's own page checks.
        pub file_sound: bool,
        /// What differs, in words, at most 50 entries.
        pub findings: Vec<String>,
    }
}
