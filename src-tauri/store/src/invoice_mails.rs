//! Invoices by e-mail: whom they go to, and how their messages stand.
//!
//! Never keeps an address: it is that of the card when a message is queued, and again when it
//! leaves.

use crate::decode;
use crate::error::StoreError;
use crate::outbox::MailState;
use crate::tx::Tx;
use crate::view::View;
use finance::ids::InvoiceId;

/// How the e-mails of some invoices stand, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InvoiceMailSums {
    /// With an address and not in the outbox yet.
    pub to_queue: u32,
    /// Without an address and not in the outbox.
    pub without_address: u32,
    /// In the outbox.
    pub waiting: u32,
    /// Taken by the mail server.
    pub sent: u32,
    /// For a person: refused, in doubt, or not sent because all was taken back.
    pub unsettled: u32,
}

/// The e-mail of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceMailRow {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Who is asked to pay it.
    pub name: String,
    /// The address on their card, or empty.
    pub email: String,
    /// How the message stands.
    pub state: MailState,
    /// What the mail server said last.
    pub said: String,
}

/// The invoices of a list of ids with the card of who is asked to pay; `o` is the message.
const MAILS: &str = "
    FROM json_each(?1) e JOIN document d ON d.id = e.value AND d.kind = 'invoice'
    JOIN student s ON s.id = d.student_id LEFT JOIN payer y ON y.id = d.payer_id
    LEFT JOIN outbox o ON o.invoice_id = d.id";

fn list(invoices: &[InvoiceId]) -> Result<String, StoreError> {
    Ok(serde_json::to_string(&invoices.iter().map(ToString::to_string).collect::<Vec<_>>())?)
}

impl View {
    /// The e-mail address of who is asked to pay an invoice, or empty.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn invoice_address(&mut self, id: InvoiceId) -> Result<String, StoreError> {
        let found: Option<String> = sqlx::query_scalar(
            "SELECT coalesce(y.email, s.email) FROM document d
             JOIN student s ON s.id = d.student_id LEFT JOIN payer y ON y.id = d.payer_id
             WHERE d.id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        Ok(found.unwrap_or_default())
    }

    /// How the e-mails of some invoices stand.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn invoice_mail_sums(
        &mut self,
        invoices: &[InvoiceId],
    ) -> Result<InvoiceMailSums, StoreError> {
        let sql = format!(
            "SELECT count(*) FILTER (WHERE o.row IS NULL AND trim(coalesce(y.email, s.email)) <> ''),
                count(*) FILTER (WHERE o.row IS NULL AND trim(coalesce(y.email, s.email)) = ''),
                count(*) FILTER (WHERE o.state IN ('waiting', 'sending')),
                count(*) FILTER (WHERE o.state = 'sent'),
                count(*) FILTER (WHERE o.state IN ('refused', 'unknown', 'stale')) {MAILS}"
        );
        let sums: (i64, i64, i64, i64, i64) = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(list(invoices)?)
            .fetch_one(self.conn())
            .await?;
        Ok(InvoiceMailSums {
            to_queue: decode::count(sums.0),
            without_address: decode::count(sums.1),
            waiting: decode::count(sums.2),
            sent: decode::count(sums.3),
            unsettled: decode::count(sums.4),
        })
    }

    /// The e-mails of some invoices that need a person, by number.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn unsettled_invoice_mails(
        &mut self,
        invoices: &[InvoiceId],
        most: u32,
    ) -> Result<Vec<InvoiceMailRow>, StoreError> {
        let sql = format!(
            "SELECT d.id, d.number, coalesce(y.name, s.name), coalesce(y.email, s.email), o.state,
                o.said {MAILS} WHERE o.state IN ('refused', 'unknown', 'stale')
             ORDER BY d.sequence LIMIT ?2"
        );
        let rows: Vec<(String, String, String, String, String, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(list(invoices)?)
                .bind(most)
                .fetch_all(self.conn())
                .await?;
        rows.into_iter()
            .map(|(id, number, name, email, state, said)| {
                Ok(InvoiceMailRow {
                    invoice_id: decode::id(&id)?,
                    number,
                    name,
                    email,
                    state: MailState::from_name(&state)?,
                    said,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Queues an e-mail for each invoice whose payer has an address and that has none yet.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn queue_invoices(
        &mut self,
        invoices: &[InvoiceId],
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO outbox (invoice_id, channel, state, changed_at)
             SELECT d.id, 'email', 'waiting', ?2 {MAILS}
             WHERE o.row IS NULL AND trim(coalesce(y.email, s.email)) <> ''
             ORDER BY e.key ON CONFLICT DO NOTHING"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(list(invoices)?)
            .bind(now)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
