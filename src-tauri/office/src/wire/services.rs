//! The price list.

use super::packages::{PackageInput, PackageView};
use super::wire;

wire! {
    pub struct ListServices {
        /// Code or name, or empty.
        pub query: String,
        pub include_inactive: bool,
    }

    pub struct ServiceList {
        pub rows: Vec<ServiceRow>,
    }

    pub struct ServiceRow {
        pub id: String,
        pub code: String,
        pub name: String,
        /// `lesson`, `package`, `material`, `fee` or `pass_through`.
        pub kind: String,
        /// In the school's price basis.
        pub unit_price: String,
        pub currency: String,
        pub tax_code: String,
        /// What staff read: `25 %`, `Exempt`, `Passed on`.
        pub tax_name: String,
        pub tax_category: String,
        pub tax_rate: String,
        pub income_account: String,
        pub active: bool,
        /// What it holds where it is a package that is drawn down.
        pub package: Option<PackageView>,
    }

    pub struct SaveService {
        pub id: String,
        pub code: String,
        pub name: String,
        pub kind: String,
        pub unit_price: String,
        pub tax_code: String,
        pub income_account: String,
        pub active: bool,
        /// Only with kind `package`; nothing: it is sold as it is and never drawn down.
        pub package: Option<PackageInput>,
    }
}
