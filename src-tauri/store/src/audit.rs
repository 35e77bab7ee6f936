//! The log as a person reads it: who did what and when, newest first.
//!
//! Never interprets: a fact comes back as it was written, with its place in the chain.

use crate::decode;
use crate::error::StoreError;
use crate::facts::read::FactRow;
use crate::history::Subject;
use crate::view::{View, Window};
use finance::fact::{Fact, FactBody};
use finance::ids::{FactId, SchoolId};
use sqlx::{QueryBuilder, Sqlite};

/// What of the log is asked for; what is not set narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// The actor, as it stands in the log.
    pub actor: Option<String>,
    /// The kind of fact.
    pub kind: Option<String>,
    /// The thing it is about.
    pub subject: Option<Subject>,
    /// From this moment on, in milliseconds since 1970-01-01 UTC.
    pub from_millis: Option<i64>,
    /// Before this moment.
    pub before_millis: Option<i64>,
}

/// One fact of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// What happened.
    pub fact: Fact,
    /// Its kind, by the name in the log.
    pub kind: String,
    /// Its place among the facts of its desk.
    pub seq: i64,
    /// Its hash in the chain of that desk.
    pub hash: Vec<u8>,
    /// What it is about, as `kind/id`, where the log says so.
    pub subject: Option<String>,
    /// The number of the document it is about, where that is another than itself.
    pub number: Option<String>,
    /// The name of the student it is about, where the fact does not say it.
    pub student: Option<String>,
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// Newest first.
    pub rows: Vec<AuditRow>,
    /// Facts in all that match.
    pub total: u32,
}

#[derive(sqlx::FromRow)]
struct Read {
    kind: String,
    seq: i64,
    hash: Vec<u8>,
    subject: Option<String>,
    number: Option<String>,
    student: Option<String>,
    #[sqlx(flatten)]
    fact: FactRow,
}

impl Read {
    fn row(self, school_id: SchoolId) -> Result<AuditRow, StoreError> {
        Ok(AuditRow {
            fact: self.fact.fact(school_id)?,
            kind: self.kind,
            seq: self.seq,
            hash: self.hash,
            subject: self.subject,
            number: self.number,
            student: self.student,
        })
    }
}

const COLUMNS: &str = "SELECT f.id, f.clock, f.actor, f.version, f.body, f.personal, f.kind, f.seq,
        f.hash, f.subject,
        coalesce((SELECT number FROM document WHERE id = json_extract(f.body, '$.invoice_id')),
            (SELECT d.number FROM allocation a JOIN document d ON d.id = a.invoice_id
             WHERE a.id = json_extract(f.body, '$.allocation_id'))) AS number,
        coalesce((SELECT name FROM student WHERE id = json_extract(f.body, '$.student_id')),
            (SELECT s.name FROM payment p JOIN student s ON s.id = p.student_id
             WHERE p.id = json_extract(f.body, '$.payment_id'))) AS student
    FROM fact f WHERE ";

/// A moment as the beginning of the clock's sortable spelling.
fn clock(millis: i64) -> String {
    format!("{:015}", millis.max(0))
}

fn push_recorded(query: &mut QueryBuilder<Sqlite>, actor: Option<&str>, kind: Option<&str>) {
    for (condition, value) in [(" AND actor = ", actor), (" AND kind = ", kind)] {
        if let Some(value) = value {
            query.push(condition).push_bind(value.to_owned());
        }
    }
}

fn push_filter(query: &mut QueryBuilder<Sqlite>, filter: &AuditFilter) {
    push_recorded(query, filter.actor.as_deref(), filter.kind.as_deref());
    if let Some(from) = filter.from_millis {
        query.push(" AND clock >= ").push_bind(clock(from));
    }
    if let Some(before) = filter.before_millis {
        query.push(" AND clock < ").push_bind(clock(before));
    }
    if let Some(subject) = filter.subject {
        let (places, key) = subject.places();
        // The fragment names its one parameter by number; here it is bound where it stands.
        for (part, text) in places.split("?1").enumerate() {
            if part == 0 {
                query.push(" AND place IN (").push(text);
            } else {
                query.push_bind(key.clone()).push(text);
            }
        }
        query.push(")");
    }
}

/// How many facts match. By kind and actor alone they are counted as they are recorded.
fn count(filter: &AuditFilter) -> QueryBuilder<Sqlite> {
    let AuditFilter { actor, kind, subject: None, from_millis: None, before_millis: None } = filter
    else {
        let mut query = QueryBuilder::new("SELECT count(*) FROM fact WHERE TRUE");
        push_filter(&mut query, filter);
        return query;
    };
    let mut query = QueryBuilder::new("SELECT coalesce(sum(facts), 0) FROM fact_tally WHERE TRUE");
    push_recorded(&mut query, actor.as_deref(), kind.as_deref());
    query
}

impl View {
    /// A page of the log, newest first. A page near either end is found without reading what lies
    /// between.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_audit(
        &mut self,
        filter: &AuditFilter,
        window: Window,
    ) -> Result<AuditPage, StoreError> {
        let (school_id, _) = self.owner().await?;
        let [total] = self.sums(format!("audit {filter:?}"), count(filter)).await?;
        let total = decode::count(total);
        let (window, backwards) = window.nearer_end(total);
        let order = if backwards { "" } else { " DESC" };
        // The indexes hold place and clock, so that rows which are left out are never read.
        let mut query = QueryBuilder::new(COLUMNS);
        query.push("f.place IN (SELECT place FROM fact WHERE TRUE");
        push_filter(&mut query, filter);
        query.push(" ORDER BY clock").push(order).push(" LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset).push(") ORDER BY f.clock DESC");
        let rows: Vec<Read> = query.build_query_as().fetch_all(self.conn()).await?;
        let rows = rows.into_iter().map(|row| row.row(school_id)).collect::<Result<_, _>>()?;
        Ok(AuditPage { rows, total })
    }

    /// One fact.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_fact(&mut self, id: FactId) -> Result<Option<AuditRow>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let mut query = QueryBuilder::new(COLUMNS);
        query.push("f.id = ").push_bind(id.to_string());
        let row: Option<Read> = query.build_query_as().fetch_optional(self.conn()).await?;
        row.map(|row| row.row(school_id)).transpose()
    }

    /// The fact that set the same thing before: what was true until this one. Nothing for what is
    /// not master data, and for the first of its kind.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn fact_before(&mut self, row: &AuditRow) -> Result<Option<Fact>, StoreError> {
        let (Some(subject), Some(key)) = (&row.subject, master_key(&row.fact.body)) else {
            return Ok(None);
        };
        let rows: Vec<FactRow> = sqlx::query_as(
            "SELECT id, clock, actor, version, body, personal FROM fact
             WHERE subject = ? AND clock < ? ORDER BY clock DESC",
        )
        .bind(subject)
        .bind(row.fact.clock.sortable())
        .fetch_all(self.conn())
        .await?;
        for earlier in rows {
            let fact = earlier.fact(row.fact.school_id)?;
            if master_key(&fact.body).as_ref() == Some(&key) {
                return Ok(Some(fact));
            }
        }
        Ok(None)
    }

    /// Every actor in the log.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn audit_actors(&mut self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT actor FROM fact_tally ORDER BY actor";
        Ok(sqlx::query_scalar(sql).fetch_all(self.conn()).await?)
    }

    /// Every kind of fact in the log.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn audit_kinds(&mut self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT kind FROM fact_tally ORDER BY kind";
        Ok(sqlx::query_scalar(sql).fetch_all(self.conn()).await?)
    }
}

/// What a fact sets, among the facts about one subject; nothing where it sets nothing that was
/// there before.
fn master_key(body: &FactBody) -> Option<String> {
    match body {
        FactBody::SchoolSet(_) => Some("school".to_owned()),
        FactBody::DepartmentSet(department) => Some(format!("department {}", department.id)),
        FactBody::TaxCodeSet(tax) => Some(format!("tax {} {}", tax.code, tax.valid_from)),
        FactBody::PaymentMethodSet(method) => Some(format!("method {}", method.code)),
        FactBody::SeriesRuleSet(rule) => Some(format!("series {:?} {}", rule.kind, rule.desk)),
        FactBody::ExchangeRateSet(rate) => Some(format!("rate {} {}", rate.currency, rate.on)),
        FactBody::LedgerAccountSet(account) => Some(format!("account {}", account.number)),
        FactBody::RecurringSet(recurring) => Some(format!("recurring {}", recurring.id)),
        FactBody::ServiceSet(service) => Some(format!("service {}", service.id)),
        FactBody::StudentRegistered(_) | FactBody::StudentChanged { .. } => {
            Some("student".to_owned())
        }
        FactBody::BookingChosen { .. } => Some("booking".to_owned()),
        FactBody::MappingSet(mapping) => {
            let level = mapping.department_id.map(|id| id.to_string()).unwrap_or_default();
            Some(format!("mapping {level} {:?} {}", mapping.kind, mapping.local_key))
        }
        FactBody::BookingRulesSet(rules) => {
            let level = rules.department_id.map(|id| id.to_string()).unwrap_or_default();
            Some(format!("rules {level}"))
        }
        FactBody::ConnectionAttachmentsSet { connection_id, .. } => {
            Some(format!("attachments {connection_id}"))
        }
        FactBody::UserSet(user) => Some(format!("user {}", user.id)),
        FactBody::DifferenceAccepted(accepted) => Some(format!("pair {}", accepted.pair)),
        FactBody::PeriodSignedOff(signed) => Some(format!("period {} {}", signed.from, signed.to)),
        FactBody::GateRuleSet(rule) => Some(format!("gate {}", rule.valid_from)),
        FactBody::GateOverridden(_) => Some("let through".to_owned()),
        FactBody::DrivingTestSet { .. } => Some("driving test".to_owned()),
        FactBody::MilestoneSet(milestone) => Some(format!("milestone {}", milestone.id)),
        FactBody::MilestoneOverridden(waived) => Some(format!("override {}", waived.milestone_id)),
        _ => None,
    }
}
