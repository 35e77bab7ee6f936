//! Refunds and write-offs as files.
//!
//! Never adds up: each row is one act, and what was taken back stands as a row below nothing.

use super::Period;
use crate::fault::Fault;
use documents::csv_out::{self, Cell, CsvError, CsvFile};
use finance::payment::PaymentMethod;
use store::{GivenBack, GivenUp, View};

const REFUNDS: &[&str] = &[
    "paid_on",
    "refund_id",
    "customer_number",
    "customer_name",
    "method",
    "account",
    "currency",
    "amount",
    "reference",
    "reason",
    "base_currency",
    "base_amount",
];

const WRITE_OFFS: &[&str] = &[
    "written_off_on",
    "invoice_number",
    "customer_number",
    "customer_name",
    "kind",
    "currency",
    "amount",
    "reason",
    "base_currency",
    "base_amount",
];

/// What was paid back and given up in a period.
#[derive(Default)]
pub(super) struct Given {
    back: Vec<GivenBack>,
    up: Vec<GivenUp>,
    methods: Vec<PaymentMethod>,
}

impl Given {
    /// # Errors
    /// What the database reports.
    pub async fn read(view: &mut View, period: Period) -> Result<Self, Fault> {
        Ok(Self {
            back: view.given_back(period.from, period.to).await?,
            up: view.given_up(period.from, period.to).await?,
            methods: view.payment_methods().await?,
        })
    }

    /// The file of the refunds.
    ///
    /// # Errors
    /// [`CsvError`] where a row cannot be written.
    pub fn refunds(&self) -> Result<CsvFile, CsvError> {
        csv_out::table(REFUNDS, self.back.iter().map(|row| self.refund(row)).collect(), true)
    }

    /// The file of the write-offs.
    ///
    /// # Errors
    /// [`CsvError`] where a row cannot be written.
    pub fn write_offs(&self) -> Result<CsvFile, CsvError> {
        csv_out::table(WRITE_OFFS, self.up.iter().map(write_off).collect(), true)
    }

    fn refund<'a>(&'a self, row: &'a GivenBack) -> Vec<Cell<'a>> {
        let method = self.methods.iter().find(|method| method.code == row.method);
        vec![
            Cell::Date(row.on),
            text(&row.id),
            text(&row.student_number),
            text(&row.student),
            text(&row.method),
            text(method.map_or("", |method| &method.account)),
            Cell::Text(row.amount.currency().to_string().into()),
            Cell::Amount(row.amount.amount()),
            text(&row.reference),
            text(&row.reason),
            Cell::Text(row.base.currency().to_string().into()),
            Cell::Amount(row.base.amount()),
        ]
    }
}

fn write_off(row: &GivenUp) -> Vec<Cell<'_>> {
    vec![
        Cell::Date(row.on),
        text(&row.invoice_number),
        text(&row.student_number),
        text(&row.student),
        text(if row.is_small { "small_difference" } else { "write_off" }),
        Cell::Text(row.amount.currency().to_string().into()),
        Cell::Amount(row.amount.amount()),
        text(&row.reason),
        Cell::Text(row.base.currency().to_string().into()),
        Cell::Amount(row.base.amount()),
    ]
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text.into())
}
