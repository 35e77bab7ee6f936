//! What becomes of every column that can hold a text when a person is erased.

use super::book::Book;

/// Emptied, or gone with their row. `no_column_of_any_table_names_an_erased_person` fills each.
pub(super) const CLEARED: &[&str] = &[
    "agreed_customer.here",
    "agreed_customer.there",
    "allocation.write_off",
    "allocation_release.reason",
    "charge.void_reason",
    "document.draft_body",
    "document.payer_name",
    "document.reference",
    "document.student_name",
    "draw_return.reason",
    "entitlement_closing.body",
    "entitlement_draw.note",
    "entitlement_extension.reason",
    "export_attempt.text",
    "export_call.excerpt",
    "export_cause.params",
    "export_record.reason",
    "fact.personal",
    "gate_override.reason",
    "import_mapping.headings",
    "incoming.agreed",
    "incoming.ours",
    "incoming.reason",
    "incoming.theirs",
    "incoming.told",
    "milestone_override.body",
    "outbox.said",
    "payer.address",
    "payer.email",
    "payer.name",
    "payer.phone",
    "payer.reference",
    "payment.note",
    "payment.reference",
    "payment.student_name",
    "payment_plan.end_reason",
    "payment_turn.reason",
    "recurring.body",
    "recurring.name",
    "refund.reason",
    "refund.reference",
    "reminder_hold.note",
    "saved_view.address",
    "saved_view.name",
    "student.address",
    "student.email",
    "student.name",
    "student.phone",
];

/// Kept, with why. Whoever adds a column of text says here or above what becomes of it.
const KEPT: &[(&str, &[&str])] = &[
    (
        "the log without personal data, and what proves it whole",
        &[
            "chain.hash",
            "fact.actor",
            "fact.body",
            "fact.hash",
            "fact.kind",
            "fact.personal_digest",
            "fact.prev_hash",
            "fact.salt",
            "fact.subject",
            "fact_tally.actor",
            "fact_tally.kind",
        ],
    ),
    (
        "the erasure itself: ids, days, and a ground that names nobody",
        &["erasure.ground", "erasure.kept_from", "erasure.kept_until", "erasure.payers"],
    ),
    (
        "numbers under which the books are kept",
        &[
            "document.number",
            "document.payment_reference",
            "document.split_first",
            "export_record.label",
            "incoming.label",
            "journal_entry.label",
            "payer.number",
            "remote_record.number",
            "student.number",
        ],
    ),
    (
        "their accounts and the headings of their reports, which are of no person",
        &["report_line.codes", "report_line.name", "report_line.section"],
    ),
    (
        "names of businesses, who are not erased",
        &["payer.org_number", "payer.terms", "payer.vat_number"],
    ),
    (
        "one of few words",
        &[
            "charge.event",
            "charge_run.state",
            "charge_run_item.outcome",
            "charge_run_item.reason",
            "connection_run.state",
            "connection_schedule.mode",
            "document.foreign_currency",
            "document.kind",
            "document_part.kind",
            "document_tally.standing",
            "export_attempt.class",
            "export_attempt.outcome",
            "export_call.call",
            "export_cause.class",
            "export_cause.given_to",
            "export_record.doubt",
            "export_record.kind",
            "export_record.operation",
            "export_record.state",
            "outbox.channel",
            "outbox.state",
            "import_run.kind",
            "import_run.state",
            "import_run_item.outcome",
            "import_run_item.reason",
            "import_run_item.what",
            "incoming.cause",
            "incoming.choice",
            "incoming.kind",
            "incoming.outcome",
            "taken_back.what",
            "payer.kind",
            "payer.reach_by",
            "payment.foreign_currency",
            "payment.state",
            "refund.foreign_currency",
            "payment_turn.outcome",
            "recurring_made.outcome",
            "reminder.channel",
            "reminder.level",
            "reminder_hold.kind",
            "remote_record.kind",
            "remote_record.state",
            "report_snapshot.kind",
            "student.reach_by",
        ],
    ),
    (
        "days",
        &[
            "debt_day.day",
            "document_tally.late_once",
            "export_record.date",
            "reminder.deadline",
            "document.plan_due",
            "document.plan_until",
            "entitlement.valid_until",
            "gate_override.until",
            "payment.counts_from",
            "payment.counts_until",
            "payment_plan.holds_until",
            "recurring_made.period",
            "payment_plan.next_due",
            "plan_part.holds_until",
            "plan_part.own_due",
            "reminder_hold.until",
            "remote_record.date",
            "student.oldest_due",
            "taking_day.day",
        ],
    ),
    (
        "ids, and what amounts to them",
        &[
            "charge_run_item.charges",
            "payment_plan.replaced_by",
            "payment_plan.replaces",
            "reminder_hold.held",
            "remote_record.contact",
            "remote_record.reference",
            "reminder_item.instalment",
            "student_payers.shares",
        ],
    ),
    (
        "names of bookings and of money in the system that told of them, not of people",
        &["charge.key", "entitlement_draw.booking", "payment.event"],
    ),
    (
        "which file was read, and why all of it was taken back: about many people, and none of them",
        &["import_run.actor", "import_run.ended_by", "import_run.file_name", "import_run.reason"],
    ),
    (
        "what was sold, by the words of the price list",
        &["charge.body", "entitlement.body", "entitlement.name", "entitlement_draw.body"],
    ),
    (
        "which record there is ours, and a digest of what was sent; its text is not kept",
        &[
            "export_cause.subject",
            "export_record.body_hash",
            "export_record.external_number",
            "export_record.external_reference",
            "export_record.external_url",
            "export_record.idempotency_key",
            "incoming.seen_hash",
        ],
    ),
    (
        "the school's own: its tables, accounts, users, connections and settings",
        &[
            "booking_rules.body",
            "booking_rules.department",
            "charge_rule.body",
            "charge_rule.event",
            "charge_run.actor",
            "document.scheduled_by",
            "recurring.actor",
            "connection.export_from",
            "connection.booking",
            "connection.opened",
            "connection.provider",
            "connection.remote_company_name",
            "connection_run.base_currency",
            "connection_run.day_use",
            "connection_run.last_run",
            "connection_run.locked_until",
            "department.name",
            "desk_user.body",
            "desk_user.login",
            "desk_user.name",
            "document_part.account",
            "document_part.tax_code",
            "exchange_rate.rate",
            "exchange_rate.source",
            "gate_rule.body",
            "import_mapping.columns",
            "import_mapping.kind",
            "import_mapping.name",
            "import_mapping.reading",
            "journal_line.account",
            "journal_line.tax_code",
            "journal_part.cause",
            "ledger_account.kind",
            "ledger_account.name",
            "ledger_account.number",
            "line_account.account",
            "line_account.last_used",
            "list_setup.columns",
            "list_setup.default_view",
            "list_setup.list",
            "list_setup.owner",
            "mapping.department",
            "mapping.kind",
            "mapping.local_key",
            "mapping.origin",
            "mapping.remote_code",
            "milestone.body",
            "number_series.body",
            "number_series.kind",
            "number_series.prefix",
            "payment.method",
            "payment_method.body",
            "payment_method.code",
            "payment_method.name",
            "refund.method",
            "remote_object.class",
            "remote_object.code",
            "remote_object.default_tax_code",
            "remote_object.kind",
            "remote_object.name",
            "remote_object.rate",
            "sale.vat_category",
            "sale.vat_code",
            "sale.vat_rate",
            "sale_day.vat_category",
            "sale_day.vat_code",
            "sale_day.vat_rate",
            "saved_view.list",
            "saved_view.owner",
            "school.body",
            "series_rule.body",
            "series_rule.kind",
            "service.body",
            "service.code",
            "service.name",
            "setting.key",
            "setting.value",
            "taking_day.method",
            "tax_code.body",
            "tax_code.code",
            "user_password.verifier",
        ],
    ),
];

/// Columns of any table that hold an id, a day, a clock, a desk or a currency by their name.
fn is_plain(column: &str) -> bool {
    let ends = ["_id", "_on", "_date", "_day", "clock", "valid_from"];
    ["id", "desk", "currency"].contains(&column) || ends.iter().any(|end| column.ends_with(end))
}

#[tokio::test]
async fn every_text_column_is_cleared_or_kept_for_a_reason() {
    let (book, _) = Book::begun().await;
    let mut view = book.store.read().await.expect("a view");
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.sql NOT LIKE '%fts5%' AND c.type <> 'INTEGER'
            AND t.name NOT LIKE '%\\_text\\_%' ESCAPE '\\' ORDER BY 1, 2",
    )
    .fetch_all(view.conn())
    .await
    .expect("columns");
    let there: Vec<String> = columns
        .iter()
        .filter(|(_, column)| !is_plain(column))
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();
    assert!(there.len() > 150, "{}", there.len());
    let kept = KEPT.iter().flat_map(|(_, columns)| columns.iter());
    let listed: Vec<&str> = kept.chain(CLEARED).copied().collect();
    let undecided: Vec<&String> =
        there.iter().filter(|column| !listed.contains(&column.as_str())).collect();
    assert!(undecided.is_empty(), "say what becomes of them: {undecided:?}");
    let gone: Vec<&&str> =
        listed.iter().filter(|column| !there.iter().any(|there| there == **column)).collect();
    assert!(gone.is_empty(), "no longer there: {gone:?}");
    let twice: Vec<&&str> =
        CLEARED.iter().filter(|column| listed.iter().filter(|l| l == column).count() > 1).collect();
    assert!(twice.is_empty(), "both cleared and kept: {twice:?}");
}
