//! Finding things by what is typed: names, numbers, references, KID, amounts.

use crate::documents::{self, DocumentRow};
use crate::error::StoreError;
use crate::payments::{self, PaymentRow};
use crate::students::{self, StudentRow};
use crate::typed::Typed;
use crate::view::View;
use chrono::NaiveDate;
use sqlx::QueryBuilder;

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchHit {
    /// A student.
    Student(StudentRow),
    /// An invoice or a credit note.
    Document(DocumentRow),
    /// A payment.
    Payment(PaymentRow),
}

impl View {
    /// Students first, then documents, then payments, newest first; at most `limit` of each.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn search(
        &mut self,
        query: &str,
        limit: u32,
        today: NaiveDate,
    ) -> Result<Vec<SearchHit>, StoreError> {
        let (school_id, currency) = self.owner().await?;
        let typed = Typed::new(query, currency);
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::new("SELECT ");
        query.push(students::columns(today));
        query.push(
            " FROM student s WHERE s.away = 0 AND s.row IN (SELECT rowid FROM student_text WHERE ",
        );
        query.push("student_text MATCH ").push_bind(typed.words.clone());
        query.push(") ORDER BY s.name COLLATE NOCASE LIMIT ").push_bind(limit);
        let found: Vec<students::Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        let mut hits = Vec::new();
        for row in found {
            hits.push(SearchHit::Student(row.row(school_id, currency)?));
        }
        for row in self.search_documents(&typed, limit).await? {
            hits.push(SearchHit::Document(row.row()?));
        }
        for row in self.search_payments(&typed, limit).await? {
            hits.push(SearchHit::Payment(row.row(school_id)?));
        }
        Ok(hits)
    }

    /// By own words first: what a student's name leads to is found under the student.
    async fn search_documents(
        &mut self,
        typed: &Typed,
        limit: u32,
    ) -> Result<Vec<documents::Stored>, StoreError> {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(documents::COLUMNS);
        query.push(
            " FROM document d WHERE d.kind <> 'draft' AND d.row IN (
                SELECT row FROM (SELECT rowid AS row FROM document_text WHERE document_text MATCH ",
        );
        query.push_bind(typed.words.clone());
        query.push(" ORDER BY rowid DESC LIMIT ").push_bind(limit).push(")");
        for minor in typed.amount_minor.into_iter().flat_map(|minor| [minor, -minor]) {
            query.push(" UNION SELECT row FROM (SELECT row FROM document WHERE gross_minor = ");
            query.push_bind(minor).push(" ORDER BY row DESC LIMIT ").push_bind(limit).push(")");
        }
        query.push(") ORDER BY d.row DESC LIMIT ").push_bind(limit);
        Ok(query.build_query_as().fetch_all(self.conn()).await?)
    }

    async fn search_payments(
        &mut self,
        typed: &Typed,
        limit: u32,
    ) -> Result<Vec<payments::Stored>, StoreError> {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(payments::COLUMNS);
        query.push(
            " FROM payment p WHERE p.row IN (
                SELECT row FROM (SELECT rowid AS row FROM payment_text WHERE payment_text MATCH ",
        );
        query.push_bind(typed.words.clone());
        query.push(" ORDER BY rowid DESC LIMIT ").push_bind(limit).push(")");
        if let Some(minor) = typed.amount_minor {
            query.push(" UNION SELECT row FROM (SELECT row FROM payment WHERE amount_minor = ");
            query.push_bind(minor).push(" ORDER BY row DESC LIMIT ").push_bind(limit).push(")");
        }
        query.push(") ORDER BY p.row DESC LIMIT ").push_bind(limit);
        Ok(query.build_query_as().fetch_all(self.conn()).await?)
    }
}
