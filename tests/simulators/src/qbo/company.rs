//! What a new company has: accounts, items, taxes. Two kinds of company, because tax in the United
//! States is another matter than tax elsewhere.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::books::{Books, Settings};
use super::json::{self, Body};
use super::model::Entity;

/// The two companies a login may choose: a British one and one in the United States.
pub const REALMS: [(&str, &str); 2] = [
    ("9341450000000000001", "Simulated Driving School Ltd"),
    ("9341450000000000002", "Simulated Driving School Inc"),
];

/// What automatic sales tax charges in the United States, in percent.
pub const US_RATE: Decimal = Decimal::from_parts(775, 0, 0, false, 2);

/// A rate: its identifier and that of its code, name, percent, in use.
type Rate = (&'static str, &'static str, &'static str, u32, bool);

const BRITISH: [Rate; 3] = [
    ("3", "2", "20.0% S", 20, true),
    ("6", "5", "0.0% Z", 0, true),
    ("9", "8", "5.0% R", 5, false),
];

const NORWEGIAN: [Rate; 3] = [
    ("3", "2", "Utgående mva. 25 %", 25, true),
    ("6", "5", "Avgiftsfritt salg", 0, true),
    ("9", "8", "Unntatt avgiftsplikt", 0, true),
];

/// The books of a British company with value added tax by line, in pounds and other currencies.
pub fn british(now: DateTime<Utc>) -> Books {
    taxed_by_line("GB", "GBP", &BRITISH, now)
}

/// The books of a Norwegian company, in kroner and other currencies.
pub fn norwegian(now: DateTime<Utc>) -> Books {
    taxed_by_line("NO", "NOK", &NORWEGIAN, now)
}

fn taxed_by_line(
    country: &'static str,
    currency: &'static str,
    rates: &[Rate],
    now: DateTime<Utc>,
) -> Books {
    let settings = Settings {
        country,
        currency,
        multi_currency: true,
        unique_numbers: true,
        closed_until: None,
        replaces_tax: false,
    };
    let mut books = Books::empty(REALMS[0].0, REALMS[0].1, settings);
    common(&mut books, now);
    for (id, _, name, percent, _) in rates {
        let rate = json::number(Decimal::from(*percent));
        let body = json!({"Name": name, "Active": true, "RateValue": rate,
            "AgencyRef": {"value": "1"}, "SpecialTaxType": "NONE", "DisplayType": "ReadOnly"});
        add(&mut books, (Entity::TaxRate, id), body, now);
    }
    for (rate, id, name, _, active) in rates {
        let detail = json!([{"TaxRateRef": {"value": rate, "name": name},
            "TaxTypeApplicable": "TaxOnAmount", "TaxOrder": 0}]);
        let body = json!({"Name": name, "Description": name, "Active": active, "Hidden": !active,
            "Taxable": true, "TaxGroup": true, "SalesTaxRateList": {"TaxRateDetail": detail},
            "PurchaseTaxRateList": {"TaxRateDetail": []}});
        add(&mut books, (Entity::TaxCode, id), body, now);
    }
    books.settle();
    books
}

/// The books of a company in the United States with automatic sales tax.
pub fn american(now: DateTime<Utc>) -> Books {
    let settings = Settings {
        country: "US",
        currency: "USD",
        multi_currency: false,
        unique_numbers: true,
        closed_until: None,
        replaces_tax: false,
    };
    let mut books = Books::empty(REALMS[1].0, REALMS[1].1, settings);
    common(&mut books, now);
    let rate = json!({"Name": "California", "Active": true, "RateValue": json::number(US_RATE),
        "AgencyRef": {"value": "1"}});
    add(&mut books, (Entity::TaxRate, "1"), rate, now);
    for (id, taxable) in [("TAX", true), ("NON", false)] {
        let body = json!({"Name": id, "Description": id, "Active": true, "Hidden": false,
            "Taxable": taxable, "TaxGroup": false});
        add(&mut books, (Entity::TaxCode, id), body, now);
    }
    books.settle();
    books
}

/// The account that tax of sales is owed on.
pub const TAX_ACCOUNT: &str = "10";

/// Account: identifier, number, name, type, classification, active.
const ACCOUNTS: [(&str, &str, &str, &str, &str, bool); 10] = [
    ("1", "400", "Services", "Income", "Revenue", true),
    ("2", "220", "Prepaid packages", "Other Current Liability", "Liability", true),
    ("3", "110", "Debtors", "Accounts Receivable", "Asset", true),
    ("4", "", "Current account", "Bank", "Asset", true),
    ("5", "", "Undeposited Funds", "Other Current Asset", "Asset", true),
    ("6", "", "Theory books", "Income", "Revenue", false),
    ("7", "500", "Fuel", "Expense", "Expense", true),
    ("8", "115", "Owed by students", "Other Current Asset", "Asset", true),
    ("9", "225", "VAT owed", "Other Current Liability", "Liability", true),
    (TAX_ACCOUNT, "", "VAT Control", "Other Current Liability", "Liability", true),
];

/// Item: identifier, name, income account, active.
const ITEMS: [(&str, &str, &str, bool); 4] = [
    ("1", "Services", "1", true),
    ("2", "Driving lesson", "1", true),
    ("3", "Package", "2", true),
    ("4", "Old lesson", "6", false),
];

/// Class: identifier, name, active.
const CLASSES: [(&str, &str, bool); 3] =
    [("1", "Leeds", true), ("2", "York", true), ("3", "Hull", false)];

/// Currency besides the company's own: identifier, code, active.
const CURRENCIES: [(&str, &str, bool); 2] = [("1", "EUR", true), ("2", "USD", false)];

fn common(books: &mut Books, now: DateTime<Utc>) {
    let (country, currency) = (books.settings.country, books.settings.currency);
    let company = json!({"CompanyName": books.name, "LegalName": books.name, "Country": country,
        "CompanyAddr": {"Line1": "1 High Street", "City": "Town", "Country": country},
        "FiscalYearStartMonth": "January", "SupportedLanguages": "en"});
    add(books, (Entity::CompanyInfo, "1"), company, now);
    let is_us = books.is_us();
    let preferences = json!({
        "AccountingInfoPrefs": {"FirstMonthOfFiscalYear": "January", "UseAccountNumbers": true},
        "SalesFormsPrefs": {"CustomTxnNumbers": true, "AutoApplyCredit": false, "CustomField": [
            {"CustomField": [
                {"Type": "BooleanType", "Name": "SalesFormsPrefs.UseSalesCustom3", "BooleanValue": false},
                {"Type": "BooleanType", "Name": "SalesFormsPrefs.UseSalesCustom2", "BooleanValue": true},
                {"Type": "BooleanType", "Name": "SalesFormsPrefs.UseSalesCustom1", "BooleanValue": true}]},
            {"CustomField": [
                {"Type": "StringType", "Name": "SalesFormsPrefs.SalesCustomName1", "StringValue": "Pupil"},
                {"Type": "StringType", "Name": "SalesFormsPrefs.SalesCustomName2", "StringValue": "Branch"},
                {"Type": "StringType", "Name": "SalesFormsPrefs.SalesCustomName3", "StringValue": "Car"}]}]},
        "TaxPrefs": {"UsingSalesTax": true, "PartnerTaxEnabled": is_us},
        "CurrencyPrefs": {"MultiCurrencyEnabled": books.settings.multi_currency,
            "HomeCurrency": {"value": currency}},
    });
    add(books, (Entity::Preferences, "1"), preferences, now);
    for (id, number, name, kind, class, active) in ACCOUNTS {
        let mut body = json!({"Name": name, "FullyQualifiedName": name, "SubAccount": false,
            "Active": active, "Classification": class, "AccountType": kind,
            "CurrentBalance": 0, "CurrencyRef": {"value": currency}});
        if !number.is_empty() {
            body["AcctNum"] = json!(number);
        }
        add(books, (Entity::Account, id), body, now);
    }
    for (id, name, account, active) in ITEMS {
        let body = json!({"Name": name, "FullyQualifiedName": name, "Active": active,
            "Taxable": false, "Type": "Service", "UnitPrice": 0,
            "IncomeAccountRef": {"value": account}, "TrackQtyOnHand": false});
        add(books, (Entity::Item, id), body, now);
    }
    if books.settings.multi_currency {
        for (id, code, active) in CURRENCIES {
            let body = json!({"Code": code, "Name": code, "Active": active});
            add(books, (Entity::CompanyCurrency, id), body, now);
        }
    }
    for (id, name, active) in CLASSES {
        let body = json!({"Name": name, "FullyQualifiedName": name, "SubClass": false,
            "Active": active});
        add(books, (Entity::Class, id), body, now);
    }
}

fn add(books: &mut Books, (entity, id): (Entity, &str), body: Value, now: DateTime<Utc>) {
    let body: Body = body.as_object().cloned().unwrap_or_default();
    books.add_as(entity, id, body, now);
}

/// Turns multicurrency on with one currency besides the company's own, or off.
pub fn set_several(books: &mut Books, besides: Option<&str>, now: DateTime<Utc>) {
    books.settings.multi_currency = besides.is_some();
    let preferences = books.all(Entity::Preferences).next().cloned();
    if let Some(mut row) = preferences {
        if let Some(shown) = row.body.get_mut("CurrencyPrefs") {
            shown["MultiCurrencyEnabled"] = json!(besides.is_some());
        }
        books.replace(row, now);
    }
    if let Some(code) = besides {
        let body = json!({"Code": code, "Name": code, "Active": true});
        books.add(Entity::CompanyCurrency, body.as_object().cloned().unwrap_or_default(), now);
    }
}

/// Opens a bank account in a currency; gives its identifier.
pub fn open_bank(books: &mut Books, currency: &str, now: DateTime<Utc>) -> String {
    let name = format!("Current account {currency}");
    let body = json!({"Name": name, "FullyQualifiedName": name, "SubAccount": false,
        "Active": true, "Classification": "Asset", "AccountType": "Bank",
        "CurrentBalance": 0, "CurrencyRef": {"value": currency}});
    books.add(Entity::Account, body.as_object().cloned().unwrap_or_default(), now)
}
