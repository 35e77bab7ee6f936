//! What was invoiced, less what was credited, by the date of the document.

use crate::decode;
use crate::error::StoreError;
use crate::view::{View, Window};
use chrono::NaiveDate;
use finance::ids::{DepartmentId, ServiceId, StudentId};
use finance::period::Period;
use finance::tax::VatCategory;
use finance::{Currency, Money};
use rust_decimal::Decimal;
use sqlx::{QueryBuilder, Sqlite};
use std::fmt::Display;
use uuid::Uuid;

/// Which of several things, where a row may also have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Among<Id> {
    /// All of them, and rows without one.
    #[default]
    All,
    /// Rows without one.
    Without,
    /// One of them.
    One(Id),
}

/// Which sales.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SaleFilter {
    /// Documents dated in it.
    pub period: Period,
    /// Of a department of the school.
    pub department: Among<DepartmentId>,
    /// Of an entry of the price list.
    pub service: Among<ServiceId>,
    /// Under a VAT code at a rate.
    pub vat: Option<(String, Decimal)>,
    /// In a currency.
    pub currency: Option<Currency>,
}

impl SaleFilter {
    /// All sales of a period.
    pub fn of(period: Period) -> Self {
        let (department, service) = (Among::All, Among::All);
        Self { period, department, service, vat: None, currency: None }
    }

    fn narrow(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" WHERE s.issue_date BETWEEN ").push_bind(self.period.from.to_string());
        query.push(" AND ").push_bind(self.period.to.to_string());
        narrow_to(query, " AND s.department_id = ", self.department);
        narrow_to(query, " AND s.service_id = ", self.service);
        if let Some((code, rate)) = &self.vat {
            query.push(" AND s.vat_code = ").push_bind(code.clone());
            query.push(" AND s.vat_rate = ").push_bind(rate.normalize().to_string());
        }
        if let Some(currency) = self.currency {
            query.push(" AND s.currency = ").push_bind(currency.to_string());
        }
    }
}

fn narrow_to(query: &mut QueryBuilder<Sqlite>, condition: &str, among: Among<impl Display>) {
    match among {
        Among::All => {}
        Among::Without => {
            query.push(condition).push("''");
        }
        Among::One(id) => {
            query.push(condition).push_bind(id.to_string());
        }
    }
}

/// What sales are added up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SaleBy {
    /// The entry of the price list; its id, or empty.
    Service,
    /// The department; its id, or empty.
    Department,
    /// The day.
    Day,
}

/// A sum of sales: `net + vat = gross`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleSums {
    /// Without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// With VAT.
    pub gross: Money,
}

/// Sales of one day, service or department in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleSum {
    /// Day, or id, as text.
    pub key: String,
    /// What they come to.
    pub sums: SaleSums,
}

/// Sales of one day under one VAT code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatDay {
    /// The day.
    pub day: NaiveDate,
    /// The code.
    pub code: String,
    /// Percent, as the code stood.
    pub rate: Decimal,
    /// Its category.
    pub category: VatCategory,
    /// What they come to.
    pub sums: SaleSums,
}

/// What a document brings to a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRow {
    /// The document.
    pub document_id: Uuid,
    /// True for a credit note.
    pub is_credit: bool,
    /// Its number.
    pub number: String,
    /// Its date.
    pub issue_date: NaiveDate,
    /// Whose it is.
    pub student_id: StudentId,
    /// The student's present name.
    pub student: String,
    /// What of it counts in the sum.
    pub sums: SaleSums,
}

/// A page of the documents behind a sum, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalePage {
    /// The rows of the window.
    pub rows: Vec<SaleRow>,
    /// How many documents there are.
    pub total: u32,
    /// What all of them come to, in one currency.
    pub sums: SaleSums,
}

/// The letters of the categories, as they are stored.
pub(crate) const CATEGORIES: [(&str, VatCategory); 5] = [
    ("S", VatCategory::S),
    ("Z", VatCategory::Z),
    ("E", VatCategory::E),
    ("O", VatCategory::O),
    ("AE", VatCategory::AE),
];

fn sums((net, vat, gross): (i64, i64, i64), currency: &str) -> Result<SaleSums, StoreError> {
    let money = |minor| decode::money(minor, currency);
    Ok(SaleSums { net: money(net)?, vat: money(vat)?, gross: money(gross)? })
}

const ADDED: &str = "sum(s.net_minor), sum(s.vat_minor), sum(s.gross_minor)";

#[derive(sqlx::FromRow)]
struct Stored {
    id: String,
    kind: String,
    number: String,
    issue_date: String,
    student_id: String,
    student_name: String,
    currency: String,
    net: i64,
    vat: i64,
    gross: i64,
}

impl Stored {
    fn row(self) -> Result<SaleRow, StoreError> {
        Ok(SaleRow {
            document_id: decode::id(&self.id)?,
            is_credit: self.kind == "credit_note",
            number: self.number,
            issue_date: decode::date(&self.issue_date)?,
            student_id: decode::id(&self.student_id)?,
            student: self.student_name,
            sums: sums((self.net, self.vat, self.gross), &self.currency)?,
        })
    }
}

impl View {
    /// Where sales are added up from: the sums of days, or what each document brings.
    fn sales(&self) -> &'static str {
        if self.scope.is_some() { " FROM sale s" } else { " FROM sale_day s" }
    }

    /// Sales added up, in the order of currency and key.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn sale_sums(
        &mut self,
        filter: &SaleFilter,
        by: SaleBy,
    ) -> Result<Vec<SaleSum>, StoreError> {
        let key = match by {
            SaleBy::Service => "s.service_id",
            SaleBy::Department => "s.department_id",
            SaleBy::Day => "s.issue_date",
        };
        let mut query = QueryBuilder::new("SELECT s.currency, ");
        query.push(key).push(" AS key, ").push(ADDED).push(self.sales());
        filter.narrow(&mut query);
        query.push(" GROUP BY s.currency, key ORDER BY s.currency, key");
        let rows: Vec<(String, String, i64, i64, i64)> =
            query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|(currency, key, net, vat, gross)| {
                Ok(SaleSum { key, sums: sums((net, vat, gross), &currency)? })
            })
            .collect()
    }

    /// Sales under each VAT code, day by day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn vat_days(&mut self, filter: &SaleFilter) -> Result<Vec<VatDay>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT s.issue_date, s.vat_code, s.vat_rate, s.vat_category, s.currency, ",
        );
        query.push(ADDED).push(self.sales());
        filter.narrow(&mut query);
        query.push(" GROUP BY 1, 2, 3, 4, 5 ORDER BY s.currency, 1, 2, 3");
        type Row = (String, String, String, String, String, i64, i64, i64);
        let rows: Vec<Row> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|(day, code, rate, letter, currency, net, vat, gross)| {
                let known = CATEGORIES.iter().find(|(known, _)| *known == letter);
                let damaged = |what: &str| StoreError::Damaged(format!("a sale's VAT is {what:?}"));
                Ok(VatDay {
                    day: decode::date(&day)?,
                    code,
                    rate: rate.parse().map_err(|_| damaged(&rate))?,
                    category: known.map(|(_, known)| *known).ok_or_else(|| damaged(&letter))?,
                    sums: sums((net, vat, gross), &currency)?,
                })
            })
            .collect()
    }

    /// The documents behind a sum of sales. A sum is of one currency: the filter's, or else the
    /// book's own.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_sales(
        &mut self,
        filter: &SaleFilter,
        window: Window,
    ) -> Result<SalePage, StoreError> {
        let (_, own) = self.owner().await?;
        let currency = filter.currency.unwrap_or(own);
        let filter = SaleFilter { currency: Some(currency), ..filter.clone() };
        let mut query = QueryBuilder::new(
            "SELECT count(*), coalesce(sum(net), 0), coalesce(sum(vat), 0), coalesce(sum(gross), 0)
             FROM (SELECT sum(s.net_minor) AS net, sum(s.vat_minor) AS vat,
                sum(s.gross_minor) AS gross FROM sale s",
        );
        filter.narrow(&mut query);
        query.push(" GROUP BY s.issue_date, s.document_id)");
        let [total, net, vat, gross] = self.sums(format!("sales {filter:?}"), query).await?;
        let mut query = QueryBuilder::new(
            "SELECT d.id, d.kind, d.number, d.issue_date, d.student_id, d.student_name, d.currency,
                p.net, p.vat, p.gross
             FROM (SELECT s.issue_date, s.document_id, sum(s.net_minor) AS net,
                sum(s.vat_minor) AS vat, sum(s.gross_minor) AS gross FROM sale s",
        );
        filter.narrow(&mut query);
        query.push(" GROUP BY s.issue_date, s.document_id ");
        query.push("ORDER BY s.issue_date DESC, s.document_id DESC LIMIT ");
        query.push_bind(window.limit).push(" OFFSET ").push_bind(window.offset);
        query.push(
            ") p CROSS JOIN document d ON d.id = p.document_id
             ORDER BY p.issue_date DESC, p.document_id DESC",
        );
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        Ok(SalePage {
            rows: rows.into_iter().map(Stored::row).collect::<Result<_, _>>()?,
            total: decode::count(total),
            sums: sums((net, vat, gross), currency.code())?,
        })
    }
}
