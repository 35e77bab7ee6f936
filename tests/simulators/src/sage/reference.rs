//! What a business starts with: its settings, chart, banks, tax rates and fixed lists.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

/// Settings of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    pub base_currency: String,
    pub accounts_start: NaiveDate,
    /// Nothing dated on or before this day is taken.
    pub lockdown: Option<NaiveDate>,
    pub multi_currency: bool,
}

impl Settings {
    /// Of a British business, or of one in kroner.
    pub fn of(norwegian: bool) -> Self {
        Self {
            base_currency: if norwegian { "NOK" } else { "GBP" }.to_owned(),
            accounts_start: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default(),
            lockdown: None,
            multi_currency: true,
        }
    }
}

/// One ledger account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerAccount {
    pub id: String,
    pub name: String,
    pub nominal_code: u32,
    /// INCOME, EXPENSE, ASSET, LIABILITY or EQUITY.
    pub group: &'static str,
    pub visible_in_sales: bool,
    pub visible_in_journals: bool,
    pub is_control: bool,
    pub tax_rate_id: &'static str,
}

/// One bank or cash account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BankAccount {
    pub id: String,
    pub name: String,
    pub nominal_code: u32,
    pub ledger_account_id: String,
    pub is_active: bool,
    /// What it holds; nothing: the currency of the business.
    pub currency: Option<String>,
}

/// One tax rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaxRate {
    pub id: &'static str,
    pub name: &'static str,
    pub percentage: Decimal,
    pub is_visible: bool,
}

/// The fixed lists: identifier and name.
pub const CONTACT_TYPES: &[(&str, &str)] = &[("CUSTOMER", "Customer"), ("VENDOR", "Supplier")];
pub const PAYMENT_METHODS: &[(&str, &str)] = &[
    ("CASH", "Cash"),
    ("CHECK", "Cheque"),
    ("CREDIT_DEBIT", "Credit/Debit"),
    ("ELECTRONIC", "Electronic"),
];
pub const TRANSACTION_TYPES: &[(&str, &str)] = &[
    ("SALES_INVOICE", "Sales Invoice"),
    ("SALES_CREDIT_NOTE", "Sales Credit Note"),
    ("CUSTOMER_RECEIPT", "Customer Receipt"),
    ("CUSTOMER_REFUND", "Customer Refund"),
    ("CUSTOMER_ALLOCATION", "Customer Allocation"),
    ("JOURNAL", "Journal"),
];
pub const STATUSES: &[(&str, &str)] = &[
    ("UNPAID", "Unpaid"),
    ("PART_PAID", "Part Paid"),
    ("PAID", "Paid"),
    ("VOID", "Void"),
    ("DRAFT", "Draft"),
    ("PRO_FORMA", "Pro Forma"),
];

/// Every business lists them, whatever its documents may be in.
pub const CURRENCIES: &[(&str, &str)] = &[
    ("DKK", "Danish Krone (DKK)"),
    ("EUR", "Euro (EUR)"),
    ("GBP", "Pound Sterling (GBP)"),
    ("NOK", "Norwegian Krone (NOK)"),
    ("SEK", "Swedish Krona (SEK)"),
    ("USD", "US Dollar (USD)"),
];

/// An identifier as Sage makes them; the same for the same place in every run.
pub fn fixed_id(space: u32, number: u32) -> String {
    Uuid::from_u128((u128::from(space) << 64) | 0x11e8_9911 << 32 | u128::from(number))
        .simple()
        .to_string()
}

/// The chart every business starts with; 4900 is not offered for sales, 3000 not in journals.
pub fn ledger_accounts(norwegian: bool) -> Vec<LedgerAccount> {
    let (standard, none) =
        if norwegian { ("NO_STANDARD", "NO_EXEMPT") } else { ("GB_STANDARD", "GB_NO_TAX") };
    let rows: &[(u32, &str, &str, bool, bool)] = &[
        (1200, "Current", "ASSET", false, false),
        (1210, "Cash in Hand", "ASSET", false, false),
        (1100, "Trade Debtors", "ASSET", false, true),
        (2200, "VAT on Sales", "LIABILITY", false, true),
        (2250, "Fees held for pupils", "LIABILITY", true, false),
        (3000, "Owner's Capital", "EQUITY", false, false),
        (4000, "Sales - Lessons", "INCOME", true, false),
        (4100, "Sales - Theory", "INCOME", true, false),
        (4900, "Other income", "INCOME", false, false),
        (7300, "Vehicle Fuel", "EXPENSE", false, false),
    ];
    let account = |row: &(u32, &str, &'static str, bool, bool)| LedgerAccount {
        id: fixed_id(1, row.0),
        name: row.1.to_owned(),
        nominal_code: row.0,
        group: row.2,
        visible_in_sales: row.3,
        visible_in_journals: row.0 != 3000,
        is_control: row.4,
        tax_rate_id: if row.2 == "INCOME" { standard } else { none },
    };
    rows.iter().map(account).collect()
}

/// The bank accounts every business starts with.
pub fn bank_accounts() -> Vec<BankAccount> {
    let account = |nominal_code: u32, name: &str, is_active: bool| BankAccount {
        id: fixed_id(2, nominal_code),
        name: name.to_owned(),
        nominal_code,
        ledger_account_id: fixed_id(1, nominal_code),
        is_active,
        currency: None,
    };
    vec![
        account(1200, "Current", true),
        account(1210, "Cash in Hand", true),
        account(1220, "Old Savings", false),
    ]
}

/// The tax rates every business starts with.
pub fn tax_rates(norwegian: bool) -> Vec<TaxRate> {
    let rate = |id: &'static str, name: &'static str, percentage: u32, is_visible: bool| TaxRate {
        id,
        name,
        percentage: Decimal::from(percentage),
        is_visible,
    };
    if norwegian {
        return vec![
            rate("NO_STANDARD", "Utgående mva. 25 %", 25, true),
            rate("NO_ZERO", "Avgiftsfritt salg", 0, true),
            rate("NO_EXEMPT", "Unntatt avgiftsplikt", 0, true),
        ];
    }
    vec![
        rate("GB_STANDARD", "Standard", 20, true),
        rate("GB_LOWER", "Lower Rate", 5, true),
        rate("GB_ZERO", "Zero Rated", 0, true),
        rate("GB_EXEMPT", "Exempt", 0, true),
        rate("GB_NO_TAX", "No Tax", 0, true),
        rate("GB_OLD", "Old Standard", 17, false),
    ]
}
