//! Accounts, tax rates, tracking options and currencies of the other side, as last read, and what of ours needs one
//! beyond the lists.
//!
//! Never the truth: the other side may have changed since.

use crate::decode;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::Currency;
use finance::ids::ConnectionId;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// An account, a tax rate, a tracking option or a currency there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteRow {
    /// Its id there.
    pub remote_id: String,
    /// The code that documents name.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Class of an account; what a tracking option is one of; [`BOOKS`] for the currency of the books;
    /// empty for all else.
    pub class: String,
    /// Percent of a tax rate.
    pub rate: Option<Decimal>,
    /// An account's tax rate by default.
    pub default_tax_code: Option<String>,
    /// The currency of an account that holds money.
    pub currency: Option<String>,
    /// May be used on sales.
    pub for_sales: bool,
    /// Still usable there.
    pub active: bool,
}

/// The class of the currency that the books there are kept in.
pub const BOOKS: &str = "books";

/// What is known of the other side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteRows {
    /// Accounts, by code.
    pub accounts: Vec<RemoteRow>,
    /// Tax rates, by code.
    pub tax_codes: Vec<RemoteRow>,
    /// What parts of a business are told apart by, by code.
    pub tracking: Vec<RemoteRow>,
    /// Currencies, by code; none where they were not read yet.
    pub currencies: Vec<RemoteRow>,
    /// Fields of its own on sales documents, by code.
    pub fields: Vec<RemoteRow>,
}

impl View {
    /// What there is on the other side of a connection, what is no longer usable too.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn remote_objects(
        &mut self,
        connection: ConnectionId,
    ) -> Result<RemoteRows, StoreError> {
        let rows = sqlx::query(
            "SELECT kind, remote_id, code, name, class, rate, default_tax_code, currency, for_sales,
                active
            FROM remote_object WHERE connection_id = ?1 ORDER BY kind, code",
        )
        .bind(connection.to_string())
        .fetch_all(self.conn())
        .await?;
        let mut found = RemoteRows::default();
        for row in &rows {
            let kind: &str = row.try_get("kind")?;
            let list = match kind {
                "account" => &mut found.accounts,
                "tracking" => &mut found.tracking,
                "currency" => &mut found.currencies,
                "field" => &mut found.fields,
                _ => &mut found.tax_codes,
            };
            list.push(remote(row)?);
        }
        Ok(found)
    }
}

impl View {
    /// Income accounts of lines without a service on documents from a day on, in order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn line_accounts(
        &mut self,
        from: Option<NaiveDate>,
    ) -> Result<Vec<String>, StoreError> {
        let accounts = sqlx::query_scalar(
            "SELECT account FROM line_account WHERE ?1 IS NULL OR last_used >= ?1 ORDER BY account",
        )
        .bind(from.map(|day| day.to_string()))
        .fetch_all(self.conn())
        .await?;
        Ok(accounts)
    }
}

impl View {
    /// Currencies other than the book's of documents from a day on, and of money, in order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn foreign_currencies(
        &mut self,
        from: Option<NaiveDate>,
    ) -> Result<Vec<Currency>, StoreError> {
        let codes: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT foreign_currency FROM document
             WHERE foreign_currency IS NOT NULL AND kind <> 'draft' AND opening = 0
                 AND (?1 IS NULL OR issue_date >= ?1)
             UNION SELECT DISTINCT foreign_currency FROM payment
             WHERE foreign_currency IS NOT NULL AND (?1 IS NULL OR received_on >= ?1)",
        )
        .bind(from.map(|day| day.to_string()))
        .fetch_all(self.conn())
        .await?;
        codes.iter().map(|code| decode::currency(code)).collect()
    }
}

fn remote(row: &SqliteRow) -> Result<RemoteRow, StoreError> {
    let rate: Option<&str> = row.try_get("rate")?;
    let rate = rate
        .map(|text| text.parse().map_err(|_| StoreError::Damaged(format!("{text} is no rate"))))
        .transpose()?;
    Ok(RemoteRow {
        remote_id: row.try_get("remote_id")?,
        code: row.try_get("code")?,
        name: row.try_get("name")?,
        class: row.try_get("class")?,
        rate,
        default_tax_code: row.try_get("default_tax_code")?,
        currency: row.try_get("currency")?,
        for_sales: row.try_get("for_sales")?,
        active: row.try_get("active")?,
    })
}

impl Tx {
    /// Takes over a full reading of the other side: what it no longer names is kept as unusable,
    /// so that a mapping onto it can be shown by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_remote_objects(
        &mut self,
        connection: ConnectionId,
        rows: &RemoteRows,
    ) -> Result<(), StoreError> {
        let id = connection.to_string();
        sqlx::query("UPDATE remote_object SET active = 0 WHERE connection_id = ?1")
            .bind(&id)
            .execute(self.view.conn())
            .await?;
        let lists = [
            ("account", &rows.accounts),
            ("tax_code", &rows.tax_codes),
            ("tracking", &rows.tracking),
            ("currency", &rows.currencies),
            ("field", &rows.fields),
        ];
        for (kind, list) in lists {
            let list: Vec<Value> = list.iter().map(row_json).collect();
            sqlx::query(
                "INSERT OR REPLACE INTO remote_object (connection_id, kind, code, remote_id, name,
                    class, rate, default_tax_code, currency, for_sales, active)
                SELECT ?1, ?2, value ->> 'code', value ->> 'remote_id', value ->> 'name',
                    value ->> 'class', value ->> 'rate', value ->> 'default_tax_code',
                    value ->> 'currency', value ->> 'for_sales', value ->> 'active' FROM json_each(?3)",
            )
            .bind(&id)
            .bind(kind)
            .bind(serde_json::to_string(&list)?)
            .execute(self.view.conn())
            .await?;
        }
        Ok(())
    }
}

fn row_json(row: &RemoteRow) -> Value {
    json!({
        "code": row.code,
        "remote_id": row.remote_id,
        "name": row.name,
        "class": row.class,
        "rate": row.rate.map(|rate| rate.to_string()),
        "default_tax_code": row.default_tax_code,
        "currency": row.currency,
        "for_sales": u8::from(row.for_sales),
        "active": u8::from(row.active),
    })
}
