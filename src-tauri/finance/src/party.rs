//! Who sells and who owes.
//!
//! Never validates against a register: an organisation number is text here.

use crate::ageing::Buckets;
use crate::ids::{DepartmentId, SchoolId, StudentId};
use crate::kid::KidRule;
use crate::money::{Currency, Money};
use crate::reminder::Channel;
use crate::tax::PriceBasis;
use crate::terms::PaymentTerms;
use serde::{Deserialize, Serialize};

/// A postal address. Empty lines are empty strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub line1: String,
    /// Anything further.
    pub line2: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// ISO 3166 alpha-2 code.
    pub country: String,
}

/// Personal data: kept apart in the log, so that erasing a person leaves totals and chain intact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name as printed.
    pub name: String,
    /// E-mail address, or empty.
    pub email: String,
    /// Telephone number, or empty.
    pub phone: String,
    /// Where letters go.
    pub address: Address,
    /// How they wish to be reminded; nothing: as the schedule says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach_by: Option<Channel>,
}

/// The legal entity that sells, as every document must name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// Legal name.
    pub name: String,
    /// Organisation number as written, or empty.
    pub org_number: String,
    /// VAT number as printed (in Norway the number with `MVA`), empty when not registered.
    pub vat_number: String,
    /// Postal address.
    pub address: Address,
    /// E-mail shown on documents, or empty.
    pub email: String,
    /// Telephone shown on documents, or empty.
    pub phone: String,
    /// Bank account as printed.
    pub bank_account: String,
}

/// A driving school and the rules of its books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Its identity.
    pub id: SchoolId,
    /// Everyday name.
    pub name: String,
    /// The legal entity printed on documents.
    pub seller: Seller,
    /// ISO 3166 alpha-2 code of the country whose rules hold.
    pub country: String,
    /// The currency of its books.
    pub currency: Currency,
    /// Whether its price list contains VAT.
    pub price_basis: PriceBasis,
    /// Language of printed documents: `nb` or `en`.
    pub language: String,
    /// Days from issue to due date unless said otherwise.
    pub terms_days: u16,
    /// How payment references are made, where the country uses KID numbers.
    pub kid: Option<KidRule>,
    /// An invented school that can be removed.
    pub sample: bool,
    /// What of an invoice may be let go with the payment that leaves it, in the school's currency;
    /// nothing: every rest stays open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small_difference: Option<Money>,
    /// Its payment terms; nothing: `terms_days` after the document's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PaymentTerms>,
    /// The columns its debts are aged in; nothing: the usual ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ageing_buckets: Option<Buckets>,
}

impl School {
    /// The terms that hold unless a payer or an invoice says otherwise.
    pub fn payment_terms(&self) -> PaymentTerms {
        self.terms.unwrap_or(PaymentTerms::Issue { days: self.terms_days })
    }
}

/// A branch of a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its identity.
    pub id: DepartmentId,
    /// The school it belongs to.
    pub school_id: SchoolId,
    /// Its name.
    pub name: String,
}

/// A student of the school, who is its customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// Its identity.
    pub id: StudentId,
    /// The school.
    pub school_id: SchoolId,
    /// The department, where the school has any.
    pub department_id: Option<DepartmentId>,
    /// The student number: digits only, unique in the school, part of the KID.
    pub number: String,
    /// Who it is.
    pub person: Person,
}
