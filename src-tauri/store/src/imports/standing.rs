//! Whether a row that a file brought in can be taken back as things stand, or why it stays.
//!
//! Never a row that something was built on since: who was billed, what was paid, reminded or drawn
//! on stays, and a person settles it where it belongs.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use finance::hlc::Hlc;
use finance::ids::ImportId;
use finance::taken_back::BroughtIn;

/// A row of a file, and whether it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportStanding {
    /// Its place among the rows of its file.
    pub place: u32,
    /// What it is.
    pub row: BroughtIn,
    /// It was there before, and the file changed it.
    pub changed: bool,
    /// Clock of the last fact of the row.
    pub clock: Hlc,
    /// Code of why it stays; nothing: it can be taken back.
    pub stays: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    place: u32,
    what: String,
    item_id: String,
    changed: bool,
    clock: String,
    stays: String,
}

impl Stored {
    fn standing(self) -> Result<ImportStanding, StoreError> {
        let id = &self.item_id;
        let row = match self.what.as_str() {
            "student" => BroughtIn::Student(decode::id(id)?),
            "service" => BroughtIn::Service(decode::id(id)?),
            "invoice" => BroughtIn::Invoice(decode::id(id)?),
            "payment" => BroughtIn::Payment(decode::id(id)?),
            "booking" => BroughtIn::Booking(decode::id(id)?),
            other => return Err(StoreError::Damaged(format!("{other:?} is in no file"))),
        };
        Ok(ImportStanding {
            place: self.place,
            row,
            changed: self.changed,
            clock: decode::clock(&self.clock)?,
            stays: (!self.stays.is_empty()).then_some(self.stays),
        })
    }
}

/// Rows of which nothing is there are damage elsewhere; they stay. What was taken back itself is no
/// use of a student. What a booking drew goes back to its package unless that was paid out; a
/// booking that gave something back to a package goes only with the one that had drawn it.
const STANDINGS: &str = "
    SELECT i.place, i.what, i.item_id, i.changed, i.clock, CASE i.what
        WHEN 'student' THEN CASE
            WHEN s.id IS NULL THEN 'gone'
            WHEN EXISTS (SELECT 1 FROM erasure WHERE student_id = s.id) THEN 'erased'
            WHEN s.away THEN 'away'
            WHEN s.person_clock <> i.clock THEN 'changed_since'
            WHEN i.changed THEN ''
            WHEN s.clock <> i.clock THEN 'changed_since'
            WHEN s.test_on IS NOT NULL
                OR EXISTS (SELECT 1 FROM document o WHERE o.student_id = s.id
                    AND o.id NOT IN (SELECT item_id FROM taken_back)
                    AND (o.invoice_id IS NULL
                        OR o.invoice_id NOT IN (SELECT item_id FROM taken_back)))
                OR EXISTS (SELECT 1 FROM payment o WHERE o.student_id = s.id
                    AND o.id NOT IN (SELECT item_id FROM taken_back))
                OR EXISTS (SELECT 1 FROM charge o WHERE o.student_id = s.id
                    AND o.id NOT IN (SELECT item_id FROM taken_back))
                OR EXISTS (SELECT 1 FROM student_payers o WHERE o.student_id = s.id
                    AND o.shares <> '[]')
                OR EXISTS (SELECT 1 FROM gate_override o WHERE o.student_id = s.id)
                OR EXISTS (SELECT 1 FROM milestone_override o WHERE o.student_id = s.id)
                OR EXISTS (SELECT 1 FROM recurring o, json_each(o.body, '$.students') e
                    WHERE e.value = s.id)
                OR EXISTS (SELECT 1 FROM reminder_hold o WHERE o.held = 'student/' || s.id)
                THEN 'used'
            ELSE '' END
        WHEN 'service' THEN CASE
            WHEN v.id IS NULL THEN 'gone'
            WHEN v.clock <> i.clock THEN 'changed_since'
            WHEN i.changed THEN ''
            WHEN EXISTS (SELECT 1 FROM sale o WHERE o.service_id = v.id)
                OR EXISTS (SELECT 1 FROM charge o WHERE o.service_id = v.id
                    AND o.id NOT IN (SELECT item_id FROM taken_back))
                OR EXISTS (SELECT 1 FROM charge_rule o WHERE o.service_id = v.id)
                OR EXISTS (SELECT 1 FROM document o WHERE o.kind = 'draft'
                    AND instr(o.draft_body, v.id) > 0)
                OR EXISTS (SELECT 1 FROM recurring o WHERE instr(o.body, v.id) > 0)
                OR EXISTS (SELECT 1 FROM milestone o WHERE instr(o.body, v.id) > 0)
                OR EXISTS (SELECT 1 FROM service o WHERE o.id <> v.id
                    AND instr(o.body, v.id) > 0)
                THEN 'used'
            ELSE '' END
        WHEN 'invoice' THEN CASE
            WHEN d.id IS NULL THEN 'gone'
            WHEN d.open_minor <> d.gross_minor THEN 'settled'
            WHEN d.planned_minor > 0 THEN 'planned'
            WHEN EXISTS (SELECT 1 FROM reminder_item o JOIN reminder r ON r.id = o.reminder_id
                WHERE o.invoice_id = d.id AND NOT r.withdrawn) THEN 'reminded'
            ELSE '' END
        WHEN 'payment' THEN CASE
            WHEN p.id IS NULL THEN 'gone'
            WHEN p.state <> 'confirmed' THEN 'turned'
            WHEN EXISTS (SELECT 1 FROM refund_part o WHERE o.payment_id = p.id) THEN 'paid_back'
            WHEN EXISTS (SELECT 1 FROM allocation o JOIN fact f ON f.place = o.fact
                WHERE o.payment_id = p.id AND o.ended_on IS NULL AND f.clock > i.clock) THEN 'used'
            ELSE '' END
        ELSE CASE
            WHEN c.id IS NULL THEN 'gone'
            WHEN c.state IN ('billed', 'voided') THEN c.state
            WHEN EXISTS (SELECT 1 FROM entitlement_draw o
                    JOIN entitlement_closing e ON e.entitlement_id = o.entitlement_id
                WHERE o.event_id = c.id AND NOT EXISTS
                    (SELECT 1 FROM draw_return r WHERE r.draw_id = o.id)) THEN 'package_closed'
            WHEN EXISTS (SELECT 1 FROM draw_return r JOIN entitlement_draw o ON o.id = r.draw_id
                WHERE r.event_id = c.id AND (o.event_id IS NULL OR o.event_id NOT IN
                    (SELECT x.item_id FROM import_run_item x JOIN charge y ON y.id = x.item_id
                    WHERE x.run_id = i.run_id AND (x.outcome = 'taken_back'
                        OR x.outcome = 'there' AND y.state NOT IN ('billed', 'voided')
                        AND NOT EXISTS (SELECT 1 FROM draw_return z WHERE z.event_id = x.item_id)
                    )))) THEN 'given_back'
            ELSE '' END
        END AS stays
    FROM import_run_item i
    LEFT JOIN student s ON i.what = 'student' AND s.id = i.item_id
    LEFT JOIN service v ON i.what = 'service' AND v.id = i.item_id
    LEFT JOIN document d ON i.what = 'invoice' AND d.id = i.item_id
    LEFT JOIN payment p ON i.what = 'payment' AND p.id = i.item_id
    LEFT JOIN charge c ON i.what = 'booking' AND c.id = i.item_id
    WHERE i.run_id = ?1 AND i.outcome = 'there'
    ORDER BY i.place LIMIT ?2";

impl View {
    /// The next rows of a file that were neither taken back nor left, and whether they can be.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn import_standings(
        &mut self,
        id: ImportId,
        limit: u32,
    ) -> Result<Vec<ImportStanding>, StoreError> {
        let rows: Vec<Stored> = sqlx::query_as(STANDINGS)
            .bind(id.to_string())
            .bind(limit)
            .fetch_all(self.conn())
            .await?;
        rows.into_iter().map(Stored::standing).collect()
    }
}
