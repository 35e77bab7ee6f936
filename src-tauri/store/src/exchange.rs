//! Rates of other currencies.
//!
//! Never picks a rate: `finance::exchange` says which one holds.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use finance::exchange::ExchangeRate;

impl View {
    /// All rates, by currency, the latest day first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn exchange_rates(&mut self) -> Result<Vec<ExchangeRate>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let rows: Vec<(String, String, String, String)> = sqlx::query_as(
            "SELECT currency, on_day, rate, source FROM exchange_rate
             ORDER BY currency, on_day DESC",
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(currency, on, rate, source)| {
                Ok(ExchangeRate {
                    school_id,
                    currency: decode::currency(&currency)?,
                    rate: decode::decimal(&rate)?,
                    on: decode::date(&on)?,
                    source,
                })
            })
            .collect()
    }
}
