//! What students bought ahead, and how far they have come.
//!
//! Never works out what is left: rows come as they are, and `finance` adds them up.

use crate::decode;
use crate::error::StoreError;
use crate::holdings::{self, HoldingRow};
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{
    DrawId, EntitlementId, EventId, ExtensionId, InvoiceId, MilestoneId, ServiceId, StudentId,
};
use finance::milestone::{Milestone, MilestoneOverride};
use finance::package::{Entitlement, Taken};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What an event drew from a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDraw {
    /// The event.
    pub event_id: EventId,
    /// The draw.
    pub draw_id: DrawId,
    /// Out of which it was taken.
    pub entitlement_id: EntitlementId,
    /// Whose.
    pub student_id: StudentId,
    /// The day.
    pub on: NaiveDate,
}

impl View {
    /// What some students bought ahead, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn holdings_of(
        &mut self,
        students: &[StudentId],
    ) -> Result<Vec<HoldingRow>, StoreError> {
        holdings::of_students(self.conn(), &serde_json::to_string(students)?).await
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

    /// What some events drew and nothing gave back, in the order of their draws.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn drawn_by(&mut self, events: &[EventId]) -> Result<Vec<EventDraw>, StoreError> {
        let rows: Vec<(String, String, String, String, String)> = sqlx::query_as(
            "SELECT d.event_id, d.id, d.entitlement_id, d.student_id, d.on_day
             FROM entitlement_draw d
             WHERE d.event_id IN (SELECT value FROM json_each(?))
                AND NOT EXISTS (SELECT 1 FROM draw_return r WHERE r.draw_id = d.id)
             ORDER BY d.event_id, d.id",
        )
        .bind(serde_json::to_string(events)?)
        .fetch_all(self.conn())
        .await?;
        let read = rows.into_iter().map(|(event, draw, entitlement, student, on)| {
            Ok(EventDraw {
                event_id: decode::id(&event)?,
                draw_id: decode::id(&draw)?,
                entitlement_id: decode::id(&entitlement)?,
                student_id: decode::id(&student)?,
                on: decode::date(&on)?,
            })
        });
        read.collect()
    }

    /// Whether an extension is there.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn is_extended_by(&mut self, id: ExtensionId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM entitlement_extension WHERE id = ?)";
        Ok(sqlx::query_scalar(sql).bind(id.to_string()).fetch_one(self.conn()).await?)
    }

    /// How many of each service a student has had by the end of a day. A booking counts as its last
    /// event tells it that was not taken back with its file; what was drawn by hand counts where no
    /// event tells of its booking.
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
                AND id NOT IN (SELECT item_id FROM taken_back)
             ORDER BY clock",
        )
        .bind(student.to_string())
        .bind(until.to_string())
        .fetch_all(self.conn())
        .await?;
        let drawn = holdings::draws_of(self.conn(), student).await?;
        let told = events.into_iter().map(|(about, event, service, quantity)| {
            let number: Decimal = quantity.parse().map_err(|_| damaged(&quantity))?;
            let had = (event == "attended").then_some(number);
            Ok((about, (decode::id::<ServiceId>(&service)?, had.unwrap_or_default())))
        });
        let mut by_booking: BTreeMap<String, (ServiceId, Decimal)> =
            told.collect::<Result<_, StoreError>>()?;
        for (place, drawn) in drawn.into_iter().enumerate() {
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
