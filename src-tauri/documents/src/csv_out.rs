//! The accountant's CSV files (RFC 4180, UTF-8, rows end with CR LF).
//!
//! Never lets a text start a formula in a spreadsheet (OWASP, CSV injection): such a text gets an
//! apostrophe before it. Numbers and dates are never touched: amounts have a decimal point and no
//! groups, dates are ISO 8601.
//!
//! Columns keep their place and meaning: new ones come after the last. Amounts stand in the currency
//! named beside them; columns that begin with `base` say what they are worth in the currency of the
//! books, and repeat them where that is the same, so that they can be added up.

use chrono::NaiveDate;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use finance::Money;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Rows below the header.
    pub rows: usize,
}

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the CSV file could not be written: {0}")]
pub struct CsvError(#[from] csv::Error);

/// A cell by its type; only texts are made safe for spreadsheets.
/// Cells of one column are of one type, so numbers sort as numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell<'a> {
    /// Words or a code.
    Text(Cow<'a, str>),
    /// A day.
    Date(NaiveDate),
    /// A figure without closing zeros.
    Number(Decimal),
    /// An amount with its currency's decimals.
    Amount(Decimal),
}

/// A row of one of the files, with its header and the key that fixes its place.
trait Row {
    const HEADER: &'static [&'static str];
    fn cells(&self) -> Vec<Cell<'_>>;
}

macro_rules! rows {
    ($($(#[$doc:meta])* $row:ident => $write:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty as $cell:ident,)+
    })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $row {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl Row for $row {
            const HEADER: &'static [&'static str] = &[$(stringify!($field)),+];
            fn cells(&self) -> Vec<Cell<'_>> {
                vec![$(cell!(self.$field, $cell)),+]
            }
        }

        /// The file of these rows, sorted by its columns from left to right; `bom` puts the mark
        /// before it that spreadsheets know UTF-8 by.
        ///
        /// # Errors
        /// [`CsvError`] where a row cannot be written.
        pub fn $write(rows: &[$row], bom: bool) -> Result<CsvFile, CsvError> {
            file(rows, bom)
        }
    )+};
}

macro_rules! cell {
    ($value:expr, Text) => {
        Cell::Text(Cow::from(&$value))
    };
    ($value:expr, Amount) => {
        Cell::Amount($value.amount())
    };
    ($value:expr, $kind:ident) => {
        Cell::$kind($value)
    };
}

rows! {
    /// An invoice.
    InvoiceRow => invoices {
        /// Its number.
        number: String as Text,
        /// Date of the document.
        issue_date: NaiveDate as Date,
        /// Last day to pay.
        due_date: NaiveDate as Date,
        /// The customer's number.
        customer_number: String as Text,
        /// The customer's name.
        customer_name: String as Text,
        /// The student it is about, who is the customer unless somebody else pays.
        student_number: String as Text,
        /// ISO 4217 code.
        currency: String as Text,
        /// Without VAT.
        net: Money as Amount,
        /// VAT.
        vat: Money as Amount,
        /// With VAT.
        gross: Money as Amount,
        /// Still open.
        open: Money as Amount,
        /// KID or other reference.
        payment_reference: String as Text,
        /// The currency of the books.
        base_currency: String as Text,
        /// Units of it for one of `currency`.
        rate: Decimal as Number,
        /// Without VAT.
        base_net: Money as Amount,
        /// VAT.
        base_vat: Money as Amount,
        /// With VAT.
        base_gross: Money as Amount,
        /// Still open.
        base_open: Money as Amount,
    }
    /// A line of an invoice or credit note.
    LineRow => lines {
        /// Number of the document.
        document_number: String as Text,
        /// Place on the document, from 1.
        line: Decimal as Number,
        /// Code of the service.
        service_code: String as Text,
        /// What was sold.
        description: String as Text,
        /// How many.
        quantity: Decimal as Number,
        /// Price of one.
        unit_price: Decimal as Number,
        /// Percent taken off.
        discount_percent: Decimal as Number,
        /// VAT code.
        vat_code: String as Text,
        /// Percent of VAT.
        vat_rate: Decimal as Number,
        /// Income account.
        account: String as Text,
        /// Without VAT.
        net: Money as Amount,
        /// VAT.
        vat: Money as Amount,
        /// With VAT.
        gross: Money as Amount,
        /// ISO 4217 code.
        currency: String as Text,
        /// The currency of the books.
        base_currency: String as Text,
        /// Without VAT.
        base_net: Money as Amount,
        /// VAT.
        base_vat: Money as Amount,
        /// With VAT.
        base_gross: Money as Amount,
    }
    /// A credit note.
    CreditNoteRow => credit_notes {
        /// Its number.
        number: String as Text,
        /// Date of the document.
        issue_date: NaiveDate as Date,
        /// The invoice it takes back.
        invoice_number: String as Text,
        /// The customer's number.
        customer_number: String as Text,
        /// The customer's name.
        customer_name: String as Text,
        /// ISO 4217 code.
        currency: String as Text,
        /// Without VAT.
        net: Money as Amount,
        /// VAT.
        vat: Money as Amount,
        /// With VAT.
        gross: Money as Amount,
        /// Why.
        reason: String as Text,
        /// The currency of the books.
        base_currency: String as Text,
        /// Units of it for one of `currency`: the rate of the invoice.
        rate: Decimal as Number,
        /// Without VAT.
        base_net: Money as Amount,
        /// VAT.
        base_vat: Money as Amount,
        /// With VAT.
        base_gross: Money as Amount,
    }
    /// Money received.
    PaymentRow => payments {
        /// The day it arrived.
        received_on: NaiveDate as Date,
        /// Its identity.
        payment_id: String as Text,
        /// The customer's number.
        customer_number: String as Text,
        /// The customer's name.
        customer_name: String as Text,
        /// The way it was paid.
        method: String as Text,
        /// Account it is posted to.
        account: String as Text,
        /// ISO 4217 code.
        currency: String as Text,
        /// How much.
        amount: Money as Amount,
        /// Reference on the bank line.
        reference: String as Text,
        /// The currency of the books.
        base_currency: String as Text,
        /// What it was worth the day it arrived.
        base_amount: Money as Amount,
    }
    /// Money or credit set against an invoice.
    AllocationRow => allocations {
        /// The day it counts.
        allocated_on: NaiveDate as Date,
        /// The invoice settled.
        invoice_number: String as Text,
        /// `payment` or `credit_note`.
        source: String as Text,
        /// Identity of the payment or number of the credit note.
        source_reference: String as Text,
        /// ISO 4217 code.
        currency: String as Text,
        /// How much.
        amount: Money as Amount,
        /// The currency of the books.
        base_currency: String as Text,
        /// What it took from the open invoice.
        base_amount: Money as Amount,
        /// What was gained by exchange; below nothing: lost.
        base_gain: Money as Amount,
    }
    /// A row of a statement of account.
    StatementRow => statements {
        /// The customer's number.
        customer_number: String as Text,
        /// Place on the statement, from 0, the opening balance.
        line: Decimal as Number,
        /// The customer's name.
        customer_name: String as Text,
        /// The day it counts from.
        date: NaiveDate as Date,
        /// What it is.
        kind: String as Text,
        /// Number of a document, or how it was paid.
        number: String as Text,
        /// Last day to pay, of an invoice.
        due_date: String as Text,
        /// KID or other reference.
        reference: String as Text,
        /// ISO 4217 code.
        currency: String as Text,
        /// Above nothing: owed more.
        amount: Money as Amount,
        /// Of open items: what is left of it.
        open: Money as Amount,
        /// After this row.
        balance: Money as Amount,
        /// The currency the row was invoiced or paid in.
        own_currency: String as Text,
        /// Its amount in that.
        own_amount: Money as Amount,
    }
    /// A customer.
    CustomerRow => customers {
        /// The customer's number.
        number: String as Text,
        /// Full name.
        name: String as Text,
        /// E-mail address.
        email: String as Text,
        /// Telephone number.
        phone: String as Text,
        /// Street and number.
        address: String as Text,
        /// Postal code.
        postal_code: String as Text,
        /// Town.
        city: String as Text,
        /// ISO 3166 alpha-2 code.
        country: String as Text,
        /// ISO 4217 code.
        currency: String as Text,
        /// What is owed, less credit.
        balance: Money as Amount,
    }
}

fn file<R: Row>(rows: &[R], bom: bool) -> Result<CsvFile, CsvError> {
    table(R::HEADER, rows.iter().map(Row::cells).collect(), bom)
}

/// A file of any columns, its rows sorted from left to right; `bom` as for the files above.
///
/// # Errors
/// [`CsvError`] where a row cannot be written, or has not as many cells as the header.
pub fn table(header: &[&str], mut rows: Vec<Vec<Cell>>, bom: bool) -> Result<CsvFile, CsvError> {
    rows.sort();
    let start = if bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(start);
    writer.write_record(header)?;
    for row in &rows {
        writer.write_record(row.iter().map(written))?;
    }
    let bytes = writer.into_inner().map_err(|why| csv::Error::from(why.into_error()))?;
    Ok(CsvFile { bytes, rows: rows.len() })
}

/// A file of rows as they stood elsewhere, in their order, with what stood between their cells.
///
/// # Errors
/// [`CsvError`] where a row cannot be written, or has not as many cells as the header.
pub fn rows(
    header: &[String],
    rows: impl Iterator<Item = Vec<String>>,
    delimiter: char,
) -> Result<CsvFile, CsvError> {
    let mut writer = WriterBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b';'))
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer("\u{feff}".as_bytes().to_vec());
    // Telephone numbers and amounts may begin with a sign, and are to be read again.
    let is_figure = |text: &str| text.chars().all(|c| c.is_ascii_digit() || " +-.,".contains(c));
    let harmless = |text: String| if is_figure(&text) { text } else { safe(&text) };
    writer.write_record(header.iter().cloned().map(harmless))?;
    let mut count = 0;
    for row in rows {
        writer.write_record(row.into_iter().map(harmless))?;
        count += 1;
    }
    let bytes = writer.into_inner().map_err(|why| csv::Error::from(why.into_error()))?;
    Ok(CsvFile { bytes, rows: count })
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Date(day) => day.format("%Y-%m-%d").to_string(),
        Cell::Number(value) => value.normalize().to_string(),
        Cell::Amount(amount) => amount.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula. A NUL ends a cell in many readers and means
/// nothing, so it is left out.
fn safe(text: &str) -> String {
    let text = text.replace('\0', "");
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
