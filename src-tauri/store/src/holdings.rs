//! Entitlements with all that happened to them, read together.
//!
//! Never works out what is left: rows come as they are, and `finance` adds them up.

use crate::decode;
use crate::error::StoreError;
use crate::facts::read;
use finance::Money;
use finance::fact::FactBody;
use finance::holding::{Drawn, Extension, Holding};
use finance::ids::{EntitlementId, InvoiceId, StudentId};
use finance::package::{Entitlement, SoldShare};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// An entitlement with its draws and the invoice that sold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldingRow {
    /// What was sold and what was taken of it, oldest first.
    pub holding: Holding,
    /// The invoices that sold it and their numbers, that of the first payer first.
    pub invoices: Vec<(InvoiceId, String)>,
    /// What they have open together.
    pub invoice_open: Money,
    /// Number of the credit note that closed it.
    pub credit_note: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    body: String,
    closing: Option<String>,
    invoices: String,
    open_minor: i64,
    credit_note: Option<String>,
}

/// Entitlements with the invoices of all who pay for them: parts of one sale name the invoice of
/// the first payer.
macro_rules! sold {
    ($whose:literal) => {
        concat!(
            "SELECT e.body, c.body AS closing,
                (SELECT json_group_array(json_array(d.id, d.number)
                        ORDER BY d.id <> e.invoice_id, d.row)
                    FROM document d WHERE d.id = e.invoice_id OR d.split_first = e.invoice_id)
                    AS invoices,
                (SELECT coalesce(sum(max(d.open_minor, 0)), 0) FROM document d
                    WHERE d.id = e.invoice_id OR d.split_first = e.invoice_id) AS open_minor,
                (SELECT number FROM document
                    WHERE id = json_extract(c.body, '$.credit_note_id')) AS credit_note
            FROM entitlement e LEFT JOIN entitlement_closing c ON c.entitlement_id = e.id
            WHERE ",
            $whose,
            " IN (SELECT value FROM json_each(?)) ORDER BY e.opened_on, e.id"
        )
    };
}

#[derive(sqlx::FromRow)]
struct StoredDraw {
    entitlement_id: String,
    event_id: Option<String>,
    booking: String,
    on_day: String,
    note: String,
    body: String,
    returned_on: Option<String>,
    returned_why: Option<String>,
}

impl StoredDraw {
    fn drawn(self) -> Result<(EntitlementId, Drawn), StoreError> {
        let on = decode::optional_date(self.returned_on.as_deref())?;
        let drawn = Drawn {
            draw: decode::json(&self.body)?,
            on: decode::date(&self.on_day)?,
            booking: self.booking,
            event: decode::optional_id(self.event_id.as_deref())?,
            note: self.note,
            returned: on.zip(self.returned_why),
        };
        Ok((decode::id(&self.entitlement_id)?, drawn))
    }
}

/// Of several returns of one draw the one by the earlier clock is told.
macro_rules! draws {
    ($whose:literal) => {
        concat!(
            "SELECT d.entitlement_id, d.event_id, d.booking, d.on_day, d.note, d.body,
                r.on_day AS returned_on, r.reason AS returned_why
            FROM entitlement_draw d LEFT JOIN draw_return r ON r.draw_id = d.id
                AND r.clock = (SELECT min(clock) FROM draw_return WHERE draw_id = d.id)
            WHERE ",
            $whose,
            " IN (SELECT value FROM json_each(?)) ORDER BY d.on_day, d.id"
        )
    };
}

const OF_STUDENTS: &str = sold!("e.student_id");
const OF_IDS: &str = sold!("e.id");
const DRAWS_OF_STUDENTS: &str = draws!("d.student_id");
const DRAWS_OF_IDS: &str = draws!("d.entitlement_id");

const EXTENSIONS: &str = "SELECT id, entitlement_id, before_day, until_day, on_day, reason
    FROM entitlement_extension WHERE entitlement_id IN (SELECT value FROM json_each(?))
    ORDER BY on_day, id";

const CREDITED: &str = "SELECT f.body FROM document d JOIN fact f ON f.place = d.fact
    WHERE d.kind = 'credit_note' AND d.invoice_id IN (SELECT value FROM json_each(?))";

/// What some students bought ahead, oldest first; the students as a JSON list.
pub(crate) async fn of_students(
    conn: &mut SqliteConnection,
    students: &str,
) -> Result<Vec<HoldingRow>, StoreError> {
    let sold: Vec<Stored> =
        sqlx::query_as(OF_STUDENTS).bind(students).fetch_all(&mut *conn).await?;
    complete(conn, sold).await
}

/// Some entitlements, by a JSON list of their ids.
pub(crate) async fn of_ids(
    conn: &mut SqliteConnection,
    ids: &str,
) -> Result<Vec<HoldingRow>, StoreError> {
    let sold: Vec<Stored> = sqlx::query_as(OF_IDS).bind(ids).fetch_all(&mut *conn).await?;
    complete(conn, sold).await
}

/// All that a student drew, oldest first.
pub(crate) async fn draws_of(
    conn: &mut SqliteConnection,
    student: StudentId,
) -> Result<Vec<Drawn>, StoreError> {
    let rows: Vec<StoredDraw> = sqlx::query_as(DRAWS_OF_STUDENTS)
        .bind(serde_json::to_string(&[student])?)
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(|row| Ok(row.drawn()?.1)).collect()
}

/// Adds what happened to them.
async fn complete(
    conn: &mut SqliteConnection,
    sold: Vec<Stored>,
) -> Result<Vec<HoldingRow>, StoreError> {
    if sold.is_empty() {
        return Ok(Vec::new());
    }
    let entitlements: Vec<Entitlement> =
        sold.iter().map(|row| decode::json(&row.body)).collect::<Result<_, _>>()?;
    let ids: Vec<EntitlementId> = entitlements.iter().map(|sold| sold.id).collect();
    let ids = serde_json::to_string(&ids)?;
    let mut draws: BTreeMap<EntitlementId, Vec<Drawn>> = BTreeMap::new();
    let rows: Vec<StoredDraw> =
        sqlx::query_as(DRAWS_OF_IDS).bind(&ids).fetch_all(&mut *conn).await?;
    for row in rows {
        let (id, drawn) = row.drawn()?;
        draws.entry(id).or_default().push(drawn);
    }
    let mut extensions = extensions(conn, &ids, &entitlements).await?;
    let credited = credited(conn, &entitlements).await?;
    let mut rows = Vec::with_capacity(sold.len());
    for (row, entitlement) in sold.into_iter().zip(entitlements) {
        let own = entitlement.shares.iter().filter_map(|share| {
            let gross = *credited.get(&(share.invoice_id, entitlement.line))?;
            Some(SoldShare { gross, ..*share })
        });
        let credited = own.collect();
        let currency = entitlement.gross.currency();
        rows.push(HoldingRow {
            invoices: decode::json(&row.invoices)?,
            invoice_open: Money::from_minor(row.open_minor, currency),
            credit_note: row.credit_note,
            holding: Holding {
                draws: draws.remove(&entitlement.id).unwrap_or_default(),
                closed: row.closing.as_deref().map(decode::json).transpose()?,
                extensions: extensions.remove(&entitlement.id).unwrap_or_default(),
                credited,
                entitlement,
            },
        });
    }
    Ok(rows)
}

#[derive(sqlx::FromRow)]
struct StoredExtension {
    id: String,
    entitlement_id: String,
    before_day: String,
    until_day: String,
    on_day: String,
    reason: String,
}

async fn extensions(
    conn: &mut SqliteConnection,
    ids: &str,
    entitlements: &[Entitlement],
) -> Result<BTreeMap<EntitlementId, Vec<Extension>>, StoreError> {
    let rows: Vec<StoredExtension> =
        sqlx::query_as(EXTENSIONS).bind(ids).fetch_all(&mut *conn).await?;
    let mut found: BTreeMap<EntitlementId, Vec<Extension>> = BTreeMap::new();
    for row in rows {
        let id: EntitlementId = decode::id(&row.entitlement_id)?;
        let Some(sold) = entitlements.iter().find(|sold| sold.id == id) else { continue };
        found.entry(id).or_default().push(Extension {
            id: decode::id(&row.id)?,
            school_id: sold.school_id,
            student_id: sold.student_id,
            entitlement_id: id,
            before: decode::date(&row.before_day)?,
            until: decode::date(&row.until_day)?,
            on: decode::date(&row.on_day)?,
            reason: row.reason,
        });
    }
    Ok(found)
}

/// What credit notes took back of each line of the invoices that sold some entitlements, with VAT
/// in the currency of the books.
async fn credited(
    conn: &mut SqliteConnection,
    entitlements: &[Entitlement],
) -> Result<BTreeMap<(InvoiceId, usize), Money>, StoreError> {
    let shares = entitlements.iter().flat_map(|sold| &sold.shares);
    let invoices: Vec<InvoiceId> = shares.map(|share| share.invoice_id).collect();
    let bodies: Vec<String> = sqlx::query_scalar(CREDITED)
        .bind(serde_json::to_string(&invoices)?)
        .fetch_all(&mut *conn)
        .await?;
    let mut sums: BTreeMap<(InvoiceId, usize), Money> = BTreeMap::new();
    for body in bodies {
        let FactBody::CreditNoteIssued(note) = read::body(&body, None)? else {
            return Err(StoreError::Damaged("a credit note points to another fact".to_owned()));
        };
        for (line, credited) in note.invoice_lines.iter().zip(&note.books().totals().lines) {
            let gross = credited.gross;
            let sum = sums.entry((note.invoice_id, *line)).or_insert(Money::zero(gross.currency()));
            *sum = sum.plus(gross).map_err(|error| StoreError::Damaged(error.to_string()))?;
        }
    }
    Ok(sums)
}
