//! Who pays where that is not the student.

use super::common::{Money, Person, Window};
use super::wire;

wire! {
    /// When an invoice is due.
    pub struct Terms {
        /// `issue` (days after the document's date) or `end_of_month` (after its month's last day).
        pub from: String,
        pub days: u16,
    }

    pub struct ListPayers {
        /// Name, number, e-mail or organisation number, or empty.
        pub query: String,
        /// Also those who are no longer offered.
        pub with_inactive: bool,
        pub window: Window,
    }

    pub struct PayerPage {
        pub rows: Vec<PayerRow>,
        pub total: u32,
    }

    pub struct PayerRow {
        pub id: String,
        pub number: String,
        /// `guardian`, `employer`, `agency` or `other`.
        pub kind: String,
        pub name: String,
        pub email: String,
        pub org_number: String,
        /// Its invoices carry it unless said otherwise.
        pub reference: String,
        pub terms: Option<Terms>,
        pub active: bool,
        /// Students whose default payer it is.
        pub students: u32,
        /// Open of what was billed to it.
        pub open: Money,
        /// Of this, due before today.
        pub overdue: Money,
    }

    pub struct PayerRequest {
        pub id: String,
    }

    pub struct PayerView {
        pub row: PayerRow,
        pub department_id: Option<String>,
        pub vat_number: String,
        pub person: Person,
        pub students: Vec<PaidStudent>,
    }

    /// A student whose default payer somebody is.
    pub struct PaidStudent {
        pub id: String,
        pub number: String,
        pub name: String,
        /// `percent`, `amount` or `rest`.
        pub part: String,
        /// Percent or amount; empty for the rest.
        pub value: String,
    }

    pub struct SavePayer {
        /// Made when the form opens: pressing twice registers once.
        pub id: String,
        pub kind: String,
        /// Empty: the next free number.
        pub number: String,
        pub department_id: Option<String>,
        pub person: Person,
        pub org_number: String,
        pub vat_number: String,
        pub reference: String,
        /// Nothing: the school's.
        pub terms: Option<Terms>,
        pub active: bool,
    }

    /// Somebody's share of a document.
    pub struct PayerPart {
        /// Nothing: the student.
        pub payer_id: Option<String>,
        /// `percent`, `amount` or `rest`.
        pub part: String,
        /// Percent or amount with VAT; empty for the rest.
        pub value: String,
        /// The buyer's reference on this part; empty: the document's, or else the payer's own.
        pub reference: String,
    }

    pub struct StudentPayersRequest {
        pub student_id: String,
    }

    /// Who pays for a student by default; no share: the student.
    pub struct StudentPayers {
        pub student_id: String,
        pub shares: Vec<PayerPartView>,
    }

    pub struct PayerPartView {
        pub share: PayerPart,
        /// The payer's name; of the student, theirs.
        pub name: String,
        /// The payer's or the student's number.
        pub number: String,
    }

    pub struct SaveStudentPayers {
        pub student_id: String,
        pub shares: Vec<PayerPart>,
    }

    pub struct SaveTerms {
        pub terms: Terms,
    }
}
