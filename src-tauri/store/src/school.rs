//! The school and the tables that forms choose from.

use crate::error::StoreError;
use crate::view::View;
use finance::ids::SeriesId;
use finance::numbering::{DocumentKind, NumberSeries};
use finance::party::{Department, School};
use finance::payment::PaymentMethod;
use finance::tax::TaxCode;

impl View {
    /// The school whose book this is, once it began.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_school(&mut self) -> Result<Option<School>, StoreError> {
        todo!()
    }

    /// All entries of the VAT table, by code and date.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn tax_codes(&mut self) -> Result<Vec<TaxCode>, StoreError> {
        todo!()
    }

    /// All ways to pay, by code.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn payment_methods(&mut self) -> Result<Vec<PaymentMethod>, StoreError> {
        todo!()
    }

    /// All departments, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn departments(&mut self) -> Result<Vec<Department>, StoreError> {
        todo!()
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
        todo!()
    }

    /// The number a series would give next, without taking it.
    ///
    /// # Errors
    /// [`StoreError::CauseMissing`] where there is no such series.
    pub async fn peek_next_number(&mut self, series: SeriesId) -> Result<u64, StoreError> {
        todo!()
    }
}
