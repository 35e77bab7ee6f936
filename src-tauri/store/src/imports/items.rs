//! The rows of files that were read in, as a person looks through them.
//!
//! Never what a file said of them: only how what came of it is known in the book.

use crate::decode;
use crate::error::StoreError;
use crate::view::{View, Window};
use finance::Money;
use finance::ids::{ImportId, StudentId};
use sqlx::{QueryBuilder, Sqlite};

/// A row of a file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportItem {
    /// Its line in the file.
    pub line: u32,
    /// What it brought in: `student`, `service`, `invoice`, `payment` or `booking`.
    pub what: String,
    /// Its id.
    pub id: String,
    /// The student it is about, unless it is a service.
    pub student_id: Option<StudentId>,
    /// What it is known by: a number, a code, a key, or the day of a payment.
    pub number: String,
    /// Name of the student or the service.
    pub name: String,
    /// How much it is about.
    pub amount: Option<Money>,
    /// It was there before, and the file changed it.
    pub changed: bool,
    /// `there`, `taken_back` or `stays`.
    pub outcome: String,
    /// Code of why it stays.
    pub reason: String,
}

#[derive(sqlx::FromRow)]
struct StoredItem {
    line: u32,
    what: String,
    item_id: String,
    student_id: Option<String>,
    number: String,
    name: String,
    amount_minor: Option<i64>,
    changed: bool,
    outcome: String,
    reason: String,
}

const ITEMS: &str = "SELECT i.line, i.what, i.item_id, i.changed, i.outcome, i.reason,
        coalesce(s.id, d.student_id, p.student_id, c.student_id) AS student_id,
        coalesce(s.number, v.code, d.number, p.received_on, c.key, '') AS number,
        coalesce(s.name, v.name, d.student_name, p.student_name, b.name, '') AS name,
        coalesce(d.gross_minor, p.amount_minor, c.amount_minor) AS amount_minor
    FROM import_run_item i
    LEFT JOIN student s ON i.what = 'student' AND s.id = i.item_id
    LEFT JOIN service v ON i.what = 'service' AND v.id = i.item_id
    LEFT JOIN document d ON i.what = 'invoice' AND d.id = i.item_id
    LEFT JOIN payment p ON i.what = 'payment' AND p.id = i.item_id
    LEFT JOIN charge c ON i.what = 'booking' AND c.id = i.item_id
    LEFT JOIN student b ON b.id = c.student_id
    WHERE i.run_id = ";

impl View {
    /// What a file brought in, in its order: what stays before the rest.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn import_items(
        &mut self,
        id: ImportId,
        window: Window,
    ) -> Result<Vec<ImportItem>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(ITEMS);
        query.push_bind(id.to_string());
        query.push(" ORDER BY i.outcome <> 'stays', i.place LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset);
        self.items_of(query).await
    }

    /// Some of it, by places.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn import_items_at(
        &mut self,
        id: ImportId,
        places: &[u32],
    ) -> Result<Vec<ImportItem>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(ITEMS);
        query.push_bind(id.to_string()).push(" AND i.place IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(places)?).push(")) ORDER BY i.place");
        self.items_of(query).await
    }

    async fn items_of(
        &mut self,
        mut query: QueryBuilder<Sqlite>,
    ) -> Result<Vec<ImportItem>, StoreError> {
        let (_, currency) = self.owner().await?;
        let rows: Vec<StoredItem> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|row| {
                Ok(ImportItem {
                    line: row.line,
                    what: row.what,
                    id: row.item_id,
                    student_id: decode::optional_id(row.student_id.as_deref())?,
                    number: row.number,
                    name: row.name,
                    amount: row.amount_minor.map(|minor| Money::from_minor(minor, currency)),
                    changed: row.changed,
                    outcome: row.outcome,
                    reason: row.reason,
                })
            })
            .collect()
    }
}
