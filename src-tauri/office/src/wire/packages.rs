//! What students bought ahead, and what must be paid before booking.

use super::common::{Money, Order, Window};
use super::credits::CreditNoteView;
use super::wire;

wire! {
    /// What an entry of the price list of kind package holds.
    pub struct PackageInput {
        /// `lessons` or `amount`.
        pub holds: String,
        /// With `lessons`, else empty.
        pub items: Vec<PackageItemInput>,
        /// With `amount`, else empty. In the school's price basis.
        pub amount: String,
        /// Nothing: without end.
        pub valid_months: Option<u32>,
        /// `pro_rata`, `less_list_price` or `nothing`.
        pub refund: String,
    }

    pub struct PackageItemInput {
        pub service_id: String,
        pub quantity: String,
    }

    /// The same, as it stands.
    pub struct PackageView {
        pub holds: String,
        pub items: Vec<PackageItemView>,
        pub amount: Option<Money>,
        pub valid_months: Option<u32>,
        pub refund: String,
    }

    pub struct PackageItemView {
        pub service_id: String,
        pub service: String,
        pub quantity: String,
    }

    pub struct StudentPackagesRequest {
        pub student_id: String,
    }

    /// What a student bought ahead.
    pub struct StudentPackages {
        /// Left and held of lessons that can be drawn.
        pub lessons_left: String,
        pub lessons_total: String,
        /// Left of amounts that can be drawn, in the school's price basis.
        pub amount_left: Money,
        /// What all that is left is worth of the price paid, with VAT.
        pub worth: Money,
        /// Money on account: paid and not set against any invoice.
        pub credit: Money,
        /// The first last day of what can be drawn.
        pub valid_until: Option<String>,
        /// What can be drawn first, then what came to its end, newest first.
        pub entitlements: Vec<EntitlementView>,
    }

    pub struct EntitlementView {
        pub id: String,
        pub name: String,
        /// `active`, `used_up`, `expired` or `closed`.
        pub state: String,
        pub opened_on: String,
        pub valid_until: Option<String>,
        /// The invoices that sold it: one, or one for each of several payers.
        pub invoices: Vec<EntitledInvoice>,
        /// What they have open together.
        pub invoice_open: Money,
        /// Empty where it holds an amount.
        pub items: Vec<EntitledItem>,
        pub lessons_left: String,
        pub lessons_total: String,
        pub amount_left: Option<Money>,
        pub amount_total: Option<Money>,
        /// What is left is worth of the price paid, with VAT; of an expired one nothing.
        pub worth: Money,
        /// What its rest was worth when it expired; nothing of one that did not.
        pub lapsed: Money,
        /// What credit notes took back of its price before.
        pub credited: Money,
        /// It can get a later last day.
        pub extensible: bool,
        /// What would be paid back of it by its rule.
        pub refundable: Money,
        /// `pro_rata`, `less_list_price` or `nothing`.
        pub refund: String,
        /// VAT code that what an amount pays for must bear.
        pub tax_code: String,
        /// Oldest first; the last says what is left.
        pub rows: Vec<EntitlementRow>,
    }

    pub struct EntitledInvoice {
        pub id: String,
        pub number: String,
    }

    pub struct EntitledItem {
        pub service_id: String,
        pub service: String,
        pub total: String,
        pub left: String,
    }

    pub struct EntitlementRow {
        /// Unlike that of any other row.
        pub id: String,
        /// `opened`, `drawn`, `returned`, `extended`, `closed` or `expired`.
        pub kind: String,
        pub on: String,
        /// What was held; empty where the row is about all of it.
        pub service: String,
        /// Signed; empty where it holds an amount.
        pub lessons: String,
        /// Signed.
        pub amount: Option<Money>,
        pub left: String,
        pub left_amount: Option<Money>,
        /// The booking it is for, or empty.
        pub booking: String,
        /// Note or reason, or empty.
        pub note: String,
        /// The draw, where it can be given back.
        pub draw_id: Option<String>,
        /// With `extended`: the last day before, and since.
        pub extended_from: Option<String>,
        pub extended_to: Option<String>,
    }

    pub struct DrawPackage {
        /// Made when the dialog opens: pressing twice draws once.
        pub id: String,
        pub entitlement_id: String,
        pub service_id: String,
        /// Where it holds lessons, else empty.
        pub quantity: String,
        /// Where it holds an amount, else empty.
        pub amount: String,
        pub on: String,
        /// The booking it is for, or empty.
        pub booking: String,
        pub note: String,
    }

    pub struct ReturnDraw {
        pub draw_id: String,
        pub on: String,
        pub reason: String,
    }

    /// Takes back the rest of a package.
    pub struct RefundPackage {
        /// Of the credit note; made when the dialog opens.
        pub id: String,
        pub entitlement_id: String,
        /// What the person saw: where it has changed since, nothing is credited.
        pub amount: String,
        pub on: String,
        pub reason: String,
    }

    /// Gives a package a later last day, also one that has expired.
    pub struct ExtendPackage {
        /// Made when the dialog opens: pressing twice extends once.
        pub id: String,
        pub entitlement_id: String,
        pub until: String,
        pub reason: String,
    }

    /// Gives many packages the same later last day.
    pub struct ExtendPackages {
        /// Made when the dialog opens; each extension has an id made of it.
        pub id: String,
        /// At most 1 000.
        pub entitlement_ids: Vec<String>,
        pub until: String,
        pub reason: String,
    }

    pub struct PackagesExtended {
        /// Those that are extended, by this request or by the same one before.
        pub extended: u32,
        /// Those left as they were.
        pub refused: Vec<PackageNotExtended>,
    }

    pub struct PackageNotExtended {
        pub id: String,
        pub name: String,
        /// A rule of `errors.invalid`.
        pub rule: String,
        pub params: std::collections::BTreeMap<String, String>,
    }

    pub struct ListPackages {
        /// `all`, `active`, `expiring`, `owed` (something would be paid back by its rule),
        /// `used_up`, `expired` or `closed`.
        pub shelf: String,
        /// Student's name or number, or empty.
        pub query: String,
        pub department_id: Option<String>,
        /// `expiring` are those with so many days to go.
        pub within_days: u32,
        pub order: Option<Order>,
        pub window: Window,
    }

    pub struct PackagePage {
        pub rows: Vec<PackageRow>,
        pub total: u32,
        /// What the rests of all that match and can be drawn are worth, with VAT.
        pub owed: Money,
        /// What the rests of all that match and have expired were worth.
        pub lapsed: Money,
        pub counts: PackageCounts,
    }

    /// Of every shelf, narrowed by the rest of the request.
    pub struct PackageCounts {
        pub all: u32,
        pub active: u32,
        pub expiring: u32,
        pub owed: u32,
        pub used_up: u32,
        pub expired: u32,
        pub closed: u32,
    }

    pub struct PackageRow {
        pub id: String,
        pub name: String,
        pub student_id: String,
        pub student: String,
        pub student_number: String,
        pub department: String,
        /// Of the first payer.
        pub invoice_id: String,
        pub invoice_number: String,
        /// `active`, `used_up`, `expired` or `closed`.
        pub state: String,
        pub opened_on: String,
        /// Nothing: without end.
        pub valid_until: Option<String>,
        /// Empty where it holds an amount.
        pub lessons_left: String,
        pub lessons_total: String,
        /// In the school's price basis; nothing where it holds lessons.
        pub amount_left: Option<Money>,
        pub amount_total: Option<Money>,
        /// What the rest is worth of the price paid, with VAT; of an expired one what lapsed.
        pub worth: Money,
    }

    pub struct PackageRefunded {
        /// One, or one for each of several payers.
        pub notes: Vec<CreditNoteView>,
    }

    pub struct MilestoneList {
        pub rows: Vec<MilestoneRow>,
    }

    pub struct MilestoneRow {
        pub id: String,
        pub name: String,
        /// `lesson` or `service`.
        pub before: String,
        /// With `lesson`.
        pub lesson: Option<u32>,
        /// Nothing with `lesson`: all lessons together.
        pub service_id: Option<String>,
        pub service: String,
        pub amount: Money,
        pub active: bool,
    }

    pub struct SaveMilestone {
        pub id: String,
        pub name: String,
        /// `lesson` or `service`.
        pub before: String,
        /// With `lesson`.
        pub lesson: Option<u32>,
        pub service_id: Option<String>,
        pub amount: String,
        pub active: bool,
    }

    pub struct MilestonesRequest {
        pub student_id: String,
        /// What is to be booked; nothing: the next lesson.
        pub service_id: Option<String>,
    }

    /// What must be paid before booking.
    pub struct MilestoneCheck {
        /// Nothing that is needed now is missing.
        pub clear: bool,
        /// Confirmed money, less what was paid back.
        pub paid: Money,
        pub rows: Vec<CheckedMilestone>,
    }

    pub struct CheckedMilestone {
        pub milestone: MilestoneRow,
        /// `met`, `ahead`, `missing` or `overridden`.
        pub state: String,
        pub missing: Money,
        /// Lessons had of those that count; nothing where it stands before a service.
        pub had: Option<String>,
        /// Why it was waived.
        pub reason: Option<String>,
    }

    pub struct OverrideMilestone {
        pub student_id: String,
        pub milestone_id: String,
        /// False takes it back.
        pub active: bool,
        pub reason: String,
    }
}
