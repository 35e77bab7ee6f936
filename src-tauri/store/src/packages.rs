//! What students bought ahead, and how far they have come.
//!
//! Never works out what is left: rows come as they are, and `finance` adds them up.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::holding::{Drawn, Holding};
use finance::ids::{DrawId, EntitlementId, InvoiceId, MilestoneId, ServiceId, StudentId};
use finance::milestone::{Milestone, MilestoneOverride};
use finance::package::{Entitlement, Taken};
use rust_decimal::Decimal;
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

/// Entitlements of some students with the invoices of all who pay for them: parts of one sale name
/// the invoice of the first payer.
const SOLD: &str = "SELECT e.body, c.body AS closing,
        (SELECT json_group_array(json_array(d.id, d.number) ORDER BY d.id <> e.invoice_id, d.row)
            FROM document d WHERE d.id = e.invoice_id OR d.split_first = e.invoice_id) AS invoices,
        (SELECT sum(max(d.open_minor, 0)) FROM document d
            WHERE d.id = e.invoice_id OR d.split_first = e.invoice_id) AS open_minor,
        (SELECT number FROM document
            WHERE id = json_extract(c.body, '$.credit_note_id')) AS credit_note
    FROM entitlement e LEFT JOIN entitlement_closing c ON c.entitlement_id = e.id
    WHERE e.student_id IN (SELECT value FROM json_each(?)) ORDER BY e.opened_on, e.id";

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
const DRAWS: &str = "SELECT d.entitlement_id, d.event_id, d.booking, d.on_day, d.note, d.body,
        r.on_day AS returned_on, r.reason AS returned_why
    FROM entitlement_draw d LEFT JOIN draw_return r ON r.draw_id = d.id
        AND r.clock = (SELECT min(clock) FROM draw_return WHERE draw_id = d.id)
    WHERE d.student_id IN (SELECT value FROM json_each(?))
    ORDER BY d.on_day, d.id";

impl View {
    /// What some students bought ahead, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn holdings_of(
        &mut self,
        students: &[StudentId],
    ) -> Result<Vec<HoldingRow>, StoreError> {
        let (_, currency) = self.owner().await?;
        let students = serde_json::to_string(students)?;
        let sold: Vec<Stored> = sqlx::query_as(SOLD).bind(&students).fetch_all(self.conn()).await?;
        let mut draws: BTreeMap<EntitlementId, Vec<Drawn>> = BTreeMap::new();
        if !sold.is_empty() {
            let rows: Vec<StoredDraw> =
                sqlx::query_as(DRAWS).bind(&students).fetch_all(self.conn()).await?;
            for row in rows {
                let (id, drawn) = row.drawn()?;
                draws.entry(id).or_default().push(drawn);
            }
        }
        sold.into_iter()
            .map(|row| {
                let entitlement: Entitlement = decode::json(&row.body)?;
                let draws = draws.remove(&entitlement.id).unwrap_or_default();
                let closed = row.closing.as_deref().map(decode::json).transpose()?;
                Ok(HoldingRow {
                    holding: Holding { entitlement, draws, closed },
                    invoices: decode::json(&row.invoices)?,
                    invoice_open: Money::from_minor(row.open_minor, currency),
                    credit_note: row.credit_note,
                })
            })
            .collect()
    }

    /// Entitlements that an invoice sold, alone or with those of other payers.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn entitlements_of(
        &mut self,
        invoice: InvoiceId,
    ) -> Result<Vec<Entitlement>, StoreError> {
        let bodies: Vec<String> = sqlx::query_scalar(
            "SELECT body FROM entitlement WHERE invoice_id =
                    (SELECT coalesce(split_first, id) FROM document WHERE id = ?) ORDER BY id",
        )
        .bind(invoice.to_string())
        .fetch_all(self.conn())
        .await?;
        bodies.iter().map(|body| decode::json(body)).collect()
    }

    /// Whose an entitlement is.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn holder_of(&mut self, id: EntitlementId) -> Result<Option<StudentId>, StoreError> {
        let found: Option<String> =
            sqlx::query_scalar("SELECT student_id FROM entitlement WHERE id = ?")
                .bind(id.to_string())
                .fetch_optional(self.conn())
                .await?;
        decode::optional_id(found.as_deref())
    }

    /// Whose a draw is.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn drawer_of(&mut self, id: DrawId) -> Result<Option<StudentId>, StoreError> {
        let found: Option<String> =
            sqlx::query_scalar("SELECT student_id FROM entitlement_draw WHERE id = ?")
                .bind(id.to_string())
                .fetch_optional(self.conn())
                .await?;
        decode::optional_id(found.as_deref())
    }

    /// How many of each service a student has had by the end of a day. A booking counts as its last
    /// event tells it; what was drawn by hand counts where no event tells of its booking.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn lessons_had(
        &mut self,
        student: StudentId,
        until: NaiveDate,
    ) -> Result<Vec<(ServiceId, Decimal)>, StoreError> {
        let events: Vec<(String, String, String, String)> = sqlx::query_as(
            "SELECT coalesce(json_extract(body, '$.event.booking'), key) AS about, event,
                service_id, json_extract(body, '$.event.quantity')
             FROM charge WHERE student_id = ? AND happened_on <= ? AND event <> 'package_changed'
             ORDER BY clock",
        )
        .bind(student.to_string())
        .bind(until.to_string())
        .fetch_all(self.conn())
        .await?;
        let drawn: Vec<StoredDraw> = sqlx::query_as(DRAWS)
            .bind(serde_json::to_string(&[student])?)
            .fetch_all(self.conn())
            .await?;
        let told = events.into_iter().map(|(about, event, service, quantity)| {
            let number: Decimal = quantity.parse().map_err(|_| damaged(&quantity))?;
            let had = (event == "attended").then_some(number);
            Ok((about, (decode::id::<ServiceId>(&service)?, had.unwrap_or_default())))
        });
        let mut by_booking: BTreeMap<String, (ServiceId, Decimal)> =
            told.collect::<Result<_, StoreError>>()?;
        for (place, row) in drawn.into_iter().enumerate() {
            let (_, drawn) = row.drawn()?;
            let Taken::Lessons { quantity } = drawn.draw.taken else { continue };
            if drawn.event.is_none() && drawn.returned.is_none() && drawn.on <= until {
                let lone = drawn.booking.is_empty();
                let about = if lone { format!("draw {place}") } else { drawn.booking };
                by_booking.entry(about).or_insert((drawn.draw.service_id, quantity));
            }
        }
        let mut sums: BTreeMap<ServiceId, Decimal> = BTreeMap::new();
        for (service, quantity) in by_booking.into_values() {
            *sums.entry(service).or_default() += quantity;
        }
        Ok(sums.into_iter().collect())
    }

    /// Confirmed money a student paid by the end of a day, less what was paid back.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn paid_by(
        &mut self,
        student: StudentId,
        until: NaiveDate,
    ) -> Result<Money, StoreError> {
        let (_, currency) = self.owner().await?;
        let minor: i64 = sqlx::query_scalar(
            "SELECT coalesce((SELECT sum(amount_minor) FROM payment WHERE student_id = ?1
                    AND counts_from <= ?2 AND (counts_until IS NULL OR counts_until > ?2)), 0)
                - coalesce((SELECT sum(amount_minor) FROM refund
                    WHERE student_id = ?1 AND paid_on <= ?2), 0)",
        )
        .bind(student.to_string())
        .bind(until.to_string())
        .fetch_one(self.conn())
        .await?;
        Ok(Money::from_minor(minor, currency))
    }

    /// Every milestone, also those taken away.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn milestones(&mut self) -> Result<Vec<Milestone>, StoreError> {
        let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM milestone ORDER BY id")
            .fetch_all(self.conn())
            .await?;
        bodies.iter().map(|body| decode::json(body)).collect()
    }

    /// What was waived for a student, by milestone.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn milestone_overrides(
        &mut self,
        student: StudentId,
    ) -> Result<BTreeMap<MilestoneId, MilestoneOverride>, StoreError> {
        let bodies: Vec<String> =
            sqlx::query_scalar("SELECT body FROM milestone_override WHERE student_id = ?")
                .bind(student.to_string())
                .fetch_all(self.conn())
                .await?;
        let read = bodies.iter().map(|body| {
            let waived: MilestoneOverride = decode::json(body)?;
            Ok((waived.milestone_id, waived))
        });
        read.collect()
    }
}

fn damaged(text: &str) -> StoreError {
    StoreError::Damaged(format!("{text:?} is no quantity"))
}
