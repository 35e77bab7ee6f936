//! What the debt gate asks of the book.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::gate::{Exposure, GateOverride, GateRule};
use finance::ids::StudentId;
use std::collections::BTreeMap;

impl View {
    /// The rules of the gate, by the day they begin.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn gate_rules(&mut self) -> Result<Vec<GateRule>, StoreError> {
        self.bodies("SELECT body FROM gate_rule ORDER BY valid_from").await
    }

    /// What each of some students owes now, and when the driving test is. What a payment plan covers
    /// is due by its instalments, and by its invoice once the plan is broken. A student that is not
    /// there is left out.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn exposures(
        &mut self,
        students: &[StudentId],
        today: NaiveDate,
    ) -> Result<BTreeMap<StudentId, Exposure>, StoreError> {
        let (_, currency) = self.owner().await?;
        let ids = serde_json::to_string(students)?;
        let rows: Vec<(String, i64, Option<String>)> = sqlx::query_as(
            "SELECT id, credit_minor, test_on FROM student
             WHERE id IN (SELECT value FROM json_each(?))",
        )
        .bind(&ids)
        .fetch_all(self.conn())
        .await?;
        let mut exposures = BTreeMap::new();
        for (id, credit, test_on) in rows {
            let exposure = Exposure {
                debts: Vec::new(),
                credit: Money::from_minor(credit, currency),
                test_on: decode::optional_date(test_on.as_deref())?,
            };
            exposures.insert(decode::id(&id)?, exposure);
        }
        let debts: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT student_id, due_date, open_minor - planned_minor FROM document
             WHERE open_minor > 0 AND kind = 'invoice' AND open_minor > planned_minor
                AND student_id IN (SELECT value FROM json_each(?1))
             UNION ALL
             SELECT student_id, iif(holds_until < ?2, min(due_date, own_due), late_after),
                open_minor
             FROM plan_part WHERE student_id IN (SELECT value FROM json_each(?1))",
        )
        .bind(&ids)
        .bind(today.to_string())
        .fetch_all(self.conn())
        .await?;
        for (student, due, open) in debts {
            if let Some(exposure) = exposures.get_mut(&decode::id(&student)?) {
                let open = Money::from_minor(open, currency);
                exposure.debts.push((decode::date(&due)?, open));
            }
        }
        Ok(exposures)
    }

    /// Who of some students was let through the gate, also where that has ended.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn gate_overrides(
        &mut self,
        students: &[StudentId],
    ) -> Result<BTreeMap<StudentId, GateOverride>, StoreError> {
        let rows: Vec<(String, String, String, bool)> = sqlx::query_as(
            "SELECT student_id, until, reason, active FROM gate_override
             WHERE student_id IN (SELECT value FROM json_each(?))",
        )
        .bind(serde_json::to_string(students)?)
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(id, until, reason, active)| {
                let student_id = decode::id(&id)?;
                let until = decode::date(&until)?;
                Ok((student_id, GateOverride { student_id, until, reason, active }))
            })
            .collect()
    }
}
