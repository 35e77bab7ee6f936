//! What is known of the people whom records are about, so that it can be kept out of a text.
//!
//! Never shown: whoever asks takes it out of what is shown.

use crate::error::StoreError;
use crate::view::View;
use serde_json::Value;
use sqlx::Row;

const NAMED: &str = "SELECT name, email, phone, address FROM student
    WHERE id IN (SELECT student_id FROM export_record
        WHERE id IN (SELECT value FROM json_each(?1)))
    UNION SELECT name, email, phone, address FROM payer
    WHERE id IN (SELECT student_id FROM export_record
        WHERE id IN (SELECT value FROM json_each(?1)))
        OR id IN (SELECT d.payer_id FROM export_record r JOIN document d ON d.id = r.document_id
            WHERE r.id IN (SELECT value FROM json_each(?1)))";

impl View {
    /// Names, addresses, telephone numbers and the parts of postal addresses of the people whom
    /// some records are about, each as it stands in the book.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn named_in_exports(&mut self, records: &[i64]) -> Result<Vec<String>, StoreError> {
        let rows =
            sqlx::query(NAMED).bind(serde_json::to_string(records)?).fetch_all(self.conn()).await?;
        let mut named = Vec::new();
        for row in &rows {
            for column in ["name", "email", "phone"] {
                named.push(row.try_get::<String, _>(column)?);
            }
            let address: Value = serde_json::from_str(row.try_get("address")?)?;
            let parts = address.as_object().into_iter().flatten();
            let parts = parts.filter(|(name, _)| *name != "country");
            named.extend(parts.filter_map(|(_, part)| part.as_str().map(str::to_owned)));
        }
        named.retain(|text| !text.trim().is_empty());
        Ok(named)
    }
}
