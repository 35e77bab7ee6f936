//! Accounting systems the school is connected to, and what of ours is what of theirs.

use crate::decode;
use crate::error::StoreError;
use crate::rare::Rare;
use crate::view::View;
use chrono::NaiveDate;
use finance::booking_rule::BookingRule;
use finance::ids::{ConnectionId, DepartmentId};
use finance::journal::Booking;
use finance::mapping::{MappedKind, Mapping, MappingOrigin};
use std::collections::BTreeMap;

/// A connection as its facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionRow {
    /// Its identity.
    pub id: ConnectionId,
    /// Which system, by its registry key.
    pub provider: String,
    /// The company file, by its id there.
    pub remote_company_id: String,
    /// The company file, by its name there.
    pub remote_company_name: String,
    /// Only documents from this day on are exported.
    pub export_from: Option<NaiveDate>,
    /// No longer in use.
    pub closed: bool,
    /// The PDF of each document goes with it.
    pub attach_pdf: bool,
    /// What it is told.
    pub booking: Booking,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: String,
    provider: String,
    remote_company_id: String,
    remote_company_name: String,
    export_from: Option<String>,
    closed: bool,
    attach_pdf: bool,
    booking: String,
}

impl Stored {
    fn row(self) -> Result<ConnectionRow, StoreError> {
        Ok(ConnectionRow {
            id: decode::id(&self.id)?,
            provider: self.provider,
            remote_company_id: self.remote_company_id,
            remote_company_name: self.remote_company_name,
            export_from: decode::optional_date(self.export_from.as_deref())?,
            closed: self.closed,
            attach_pdf: self.attach_pdf,
            booking: Booking::of(&self.booking).ok_or_else(|| {
                StoreError::Damaged(format!("{:?} is not told to a system", self.booking))
            })?,
        })
    }
}

/// How a kind of mapped thing is written in the book.
pub(crate) fn mapped_kind_name(kind: MappedKind) -> &'static str {
    match kind {
        MappedKind::Service => "service",
        MappedKind::TaxCode => "tax_code",
        MappedKind::PaymentMethod => "payment_method",
        MappedKind::Department => "department",
        MappedKind::Customer => "customer",
        MappedKind::Currency => "currency",
        MappedKind::CustomField => "custom_field",
        MappedKind::LedgerAccount => "ledger_account",
    }
}

fn mapped_kind(name: &str) -> Result<MappedKind, StoreError> {
    match name {
        "service" => Ok(MappedKind::Service),
        "tax_code" => Ok(MappedKind::TaxCode),
        "payment_method" => Ok(MappedKind::PaymentMethod),
        "department" => Ok(MappedKind::Department),
        "customer" => Ok(MappedKind::Customer),
        "currency" => Ok(MappedKind::Currency),
        "custom_field" => Ok(MappedKind::CustomField),
        "ledger_account" => Ok(MappedKind::LedgerAccount),
        _ => Err(StoreError::Damaged(format!("{name:?} is not a mapped kind"))),
    }
}

/// How the origin of a mapping is written in the book.
pub(crate) fn origin_name(origin: MappingOrigin) -> &'static str {
    match origin {
        MappingOrigin::Person => "person",
        MappingOrigin::Suggestion => "suggestion",
    }
}

fn origin(name: &str) -> Result<MappingOrigin, StoreError> {
    match name {
        "person" => Ok(MappingOrigin::Person),
        "suggestion" => Ok(MappingOrigin::Suggestion),
        _ => Err(StoreError::Damaged(format!("{name:?} is not an origin"))),
    }
}

impl View {
    /// All connections, oldest first, closed ones too.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn connections(&mut self) -> Result<Vec<ConnectionRow>, StoreError> {
        if !self.may_have(Rare::Connection).await? {
            return Ok(Vec::new());
        }
        let rows: Vec<Stored> = sqlx::query_as(
            "SELECT id, provider, remote_company_id, remote_company_name, export_from, closed,
                attach_pdf, booking
             FROM connection ORDER BY opened, id",
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(Stored::row).collect()
    }

    /// One connection.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_connection(
        &mut self,
        id: ConnectionId,
    ) -> Result<Option<ConnectionRow>, StoreError> {
        let row: Option<Stored> = sqlx::query_as(
            "SELECT id, provider, remote_company_id, remote_company_name, export_from, closed,
                attach_pdf, booking
             FROM connection WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        row.map(Stored::row).transpose()
    }

    /// The mappings of a connection that name something of theirs, of the school and of each
    /// department.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn mappings(&mut self, connection: ConnectionId) -> Result<Vec<Mapping>, StoreError> {
        let rows: Vec<(String, String, String, String, String)> = sqlx::query_as(
            "SELECT department, kind, local_key, remote_code, origin FROM mapping
             WHERE connection_id = ? AND remote_code IS NOT NULL
             ORDER BY department, kind, local_key",
        )
        .bind(connection.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(department, kind, local_key, remote_code, origin)| {
                let department = Some(department.as_str()).filter(|it| !it.is_empty());
                Ok(Mapping {
                    connection_id: connection,
                    department_id: decode::optional_id(department)?,
                    kind: mapped_kind(&kind)?,
                    local_key,
                    remote_code: Some(remote_code),
                    origin: self::origin(&origin)?,
                    // The present state does not tell which save set it; the log does.
                    save_id: None,
                })
            })
            .collect()
    }

    /// The rules of a connection's mapping, of the school and of each department, in their order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn booking_rules(
        &mut self,
        connection: ConnectionId,
    ) -> Result<BTreeMap<Option<DepartmentId>, Vec<BookingRule>>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT department, body FROM booking_rules WHERE connection_id = ?")
                .bind(connection.to_string())
                .fetch_all(self.conn())
                .await?;
        rows.into_iter()
            .map(|(department, body)| {
                let department = Some(department.as_str()).filter(|it| !it.is_empty());
                Ok((decode::optional_id(department)?, serde_json::from_str(&body)?))
            })
            .collect()
    }
}
