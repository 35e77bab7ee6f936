//! Who pays, where that is not the student: a guardian, an employer, an agency.
//!
//! Never owes in the student's place: an invoice is about a student and stands on that student's
//! account, whoever is asked to pay it.

use crate::ids::{DepartmentId, PayerId, SchoolId, StudentId};
use crate::party::Person;
use crate::reminder::rules::Debtor;
use crate::split::Part;
use crate::terms::PaymentTerms;
use serde::{Deserialize, Serialize};

/// What a payer is to the student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayerKind {
    /// A parent or guardian.
    Guardian,
    /// The employer.
    Employer,
    /// A public agency or another organisation.
    Agency,
    /// Anybody else.
    Other,
}

impl PayerKind {
    /// As whom the law sees it where it pays late.
    pub const fn debtor(self) -> Debtor {
        match self {
            Self::Employer | Self::Agency => Debtor::Business,
            Self::Guardian | Self::Other => Debtor::Consumer,
        }
    }
}

/// A party that pays for students.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    /// Its identity.
    pub id: PayerId,
    /// The school.
    pub school_id: SchoolId,
    /// The department that looks after it, where the school has any.
    pub department_id: Option<DepartmentId>,
    /// What it is.
    pub kind: PayerKind,
    /// Its customer number.
    pub number: String,
    /// Name, address and how to reach it.
    pub person: Person,
    /// Organisation number as written, or empty.
    pub org_number: String,
    /// VAT number as written, or empty.
    pub vat_number: String,
    /// Reference or order number that its invoices carry unless said otherwise, or empty.
    pub reference: String,
    /// Its own payment terms; nothing: the school's.
    pub terms: Option<PaymentTerms>,
    /// False hides it where a payer is chosen.
    pub active: bool,
}

/// Who pays for a student by default. The later clock wins; no share: the student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentPayers {
    /// For whom.
    pub student_id: StudentId,
    /// Who pays how much.
    pub shares: Vec<PayerShare>,
}

/// One payer's share of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerShare {
    /// The payer; nothing: the student.
    pub payer_id: Option<PayerId>,
    /// How much of it.
    pub part: Part,
}

/// The payer as an invoice prints it, where it is not the student. Its name and address stand on
/// the invoice as the buyer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoicePayer {
    /// Which payer.
    pub payer_id: PayerId,
    /// Its organisation number, or empty.
    pub org_number: String,
    /// Its VAT number, or empty.
    pub vat_number: String,
    /// The student, as the lines name them: only the name is kept.
    pub person: Person,
}

impl Payer {
    /// How it stands on an invoice for a student.
    pub fn on_invoice(&self, student: &Person) -> InvoicePayer {
        InvoicePayer {
            payer_id: self.id,
            org_number: self.org_number.clone(),
            vat_number: self.vat_number.clone(),
            person: Person { name: student.name.clone(), ..Person::default() },
        }
    }
}
