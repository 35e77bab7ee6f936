//! The school and the tables that forms choose from.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use finance::ids::SeriesId;
use finance::numbering::{DocumentKind, NumberSeries};
use finance::party::{Department, School};
use finance::payment::PaymentMethod;
use finance::tax::TaxCode;
use serde::de::DeserializeOwned;

/// How a kind of document is written in the book.
pub(crate) fn kind_name(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Invoice => "invoice",
        DocumentKind::CreditNote => "credit_note",
    }
}

impl View {
    /// Rows that are kept as JSON.
    pub(crate) async fn bodies<T: DeserializeOwned>(
        &mut self,
        sql: &'static str,
    ) -> Result<Vec<T>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(self.conn()).await?;
        rows.iter().map(|body| decode::json(body)).collect()
    }

    /// The school whose book this is, once it began.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_school(&mut self) -> Result<Option<School>, StoreError> {
        let body: Option<String> =
            sqlx::query_scalar("SELECT body FROM school").fetch_optional(self.conn()).await?;
        body.as_deref().map(decode::json).transpose()
    }

    /// All entries of the VAT table, by code and date.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn tax_codes(&mut self) -> Result<Vec<TaxCode>, StoreError> {
        self.bodies("SELECT body FROM tax_code ORDER BY code, valid_from").await
    }

    /// All ways to pay, by code.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn payment_methods(&mut self) -> Result<Vec<PaymentMethod>, StoreError> {
        self.bodies("SELECT body FROM payment_method ORDER BY code").await
    }

    /// All departments, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn departments(&mut self) -> Result<Vec<Department>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT id, name FROM department ORDER BY name COLLATE NOCASE, id")
                .fetch_all(self.conn())
                .await?;
        rows.into_iter()
            .map(|(id, name)| Ok(Department { id: decode::id(&id)?, school_id, name }))
            .collect()
    }

    /// The series a desk numbers such documents from: the one opened last.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn series_for(
        &mut self,
        kind: DocumentKind,
        desk: &str,
    ) -> Result<Option<NumberSeries>, StoreError> {
        let body: Option<String> = sqlx::query_scalar(
            "SELECT body FROM number_series WHERE kind = ? AND desk = ?
             ORDER BY clock DESC, id DESC LIMIT 1",
        )
        .bind(kind_name(kind))
        .bind(desk)
        .fetch_optional(self.conn())
        .await?;
        body.as_deref().map(decode::json).transpose()
    }

    /// The number a series would give next, without taking it.
    ///
    /// # Errors
    /// [`StoreError::CauseMissing`] where there is no such series.
    pub async fn peek_next_number(&mut self, series: SeriesId) -> Result<u64, StoreError> {
        let next: Option<i64> = sqlx::query_scalar("SELECT next FROM number_series WHERE id = ?")
            .bind(series.to_string())
            .fetch_optional(self.conn())
            .await?;
        next.and_then(|next| u64::try_from(next).ok()).ok_or(StoreError::CauseMissing)
    }
}
