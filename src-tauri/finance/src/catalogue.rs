//! The price list.
//!
//! Never holds a price in force at some past date: an issued line keeps its own copy.

use crate::ids::{SchoolId, ServiceId};
use crate::package::PackageTerms;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What kind of thing is sold; it decides defaults, never VAT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// A single driving or theory lesson.
    Lesson,
    /// Several lessons sold together.
    Package,
    /// Books and other goods.
    Material,
    /// A fee of the school itself.
    Fee,
    /// An amount laid out for the student and passed on without mark-up, such as a state fee.
    PassThrough,
}

/// An entry of the price list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceItem {
    /// Its identity.
    pub id: ServiceId,
    /// The school.
    pub school_id: SchoolId,
    /// Short code, unique in the school.
    pub code: String,
    /// What is printed.
    pub name: String,
    /// Its kind.
    pub kind: ServiceKind,
    /// Price of one, in the school's currency and price basis.
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_price: Decimal,
    /// Code into the school's VAT table.
    pub tax_code: String,
    /// Account of the school's chart that its income is posted to.
    pub income_account: String,
    /// False hides it from the editor; old invoices keep it.
    pub active: bool,
    /// What it holds where it is a package that is drawn down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageTerms>,
}
