//! The derived tables that a replay of the facts must make again.
//!
//! Never a table that this desk alone knows: what waits to be sent, or was said by a server.

/// Each derived table as text lines under a key; `fact` is compared by the fact's id.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("school", "SELECT id, json_array(currency, body, clock) FROM school ORDER BY 1"),
    ("department", "SELECT id, json_array(name, clock) FROM department ORDER BY 1"),
    (
        "VAT code",
        "SELECT code || ' ' || valid_from, json_array(body, clock) FROM tax_code ORDER BY 1",
    ),
    ("payment method", "SELECT code, json_array(name, body, clock) FROM payment_method ORDER BY 1"),
    (
        "number series",
        "SELECT id, json_array(kind, desk, prefix, next, body, clock) FROM number_series
         ORDER BY 1",
    ),
    (
        "series rule",
        "SELECT kind || ' ' || desk, json_array(body, clock) FROM series_rule ORDER BY 1",
    ),
    ("service", "SELECT id, json_array(code, name, active, body, clock) FROM service ORDER BY 1"),
    (
        "student",
        "SELECT id, json_array(number, name, email, phone, address, reach_by, department_id, open_minor,
            credit_minor, oldest_due, clock, person_clock, test_on, test_clock, away)
         FROM student ORDER BY 1",
    ),
    (
        "rule of the debt gate",
        "SELECT valid_from, json_array(body, clock) FROM gate_rule ORDER BY 1",
    ),
    (
        "pass through the debt gate",
        "SELECT student_id, json_array(until, reason, active, clock) FROM gate_override ORDER BY 1",
    ),
    (
        "document",
        "SELECT d.id, json_array(d.kind, f.id, d.number, d.series_id, d.sequence, d.student_id,
            d.student_name, d.department_id, d.invoice_id, d.issue_date, d.due_date, d.currency,
            d.net_minor, d.vat_minor, d.gross_minor, d.open_minor, d.credited_minor,
            d.payment_reference, d.reference, d.payer_id, d.payer_name, d.split_first,
            d.planned_minor, d.written_off_minor, d.plan_due, d.plan_until, d.opening,
            d.foreign_currency, d.foreign_vat_minor, d.foreign_gross_minor, d.foreign_open_minor,
            d.foreign_credited_minor, d.foreign_written_off_minor)
         FROM document d LEFT JOIN fact f ON f.place = d.fact WHERE d.kind <> 'draft' ORDER BY 1",
    ),
    (
        "part of a document",
        "SELECT f.id || ' ' || p.place, json_array(p.kind, p.posted_on, p.account, p.pass_through,
            p.tax_code, p.net_minor, p.vat_minor)
         FROM document_part p JOIN fact f ON f.place = p.fact ORDER BY 1",
    ),
    (
        "exchange rate",
        "SELECT currency || ' ' || on_day, json_array(rate, source, clock) FROM exchange_rate
         ORDER BY 1",
    ),
    (
        "account",
        "SELECT number, json_array(name, kind, active, clock) FROM ledger_account ORDER BY 1",
    ),
    (
        "payment",
        "SELECT p.id, json_array(f.id, p.student_id, p.student_name, p.method, p.received_on,
            p.currency, p.amount_minor, p.unallocated_minor, p.department_id, p.reference, p.note,
            p.pending, p.event, p.state, p.counts_from, p.counts_until, p.foreign_currency,
            p.foreign_minor, p.foreign_unallocated_minor)
         FROM payment p LEFT JOIN fact f ON f.place = p.fact ORDER BY 1",
    ),
    (
        "allocation",
        "SELECT a.id, json_array(f.id, a.invoice_id, a.payment_id, a.credit_note_id, a.write_off,
            a.is_small, a.student_id, a.amount_minor, a.allocated_on, a.effective_on, a.ended_on,
            a.issue_date, a.due_date, a.source_date, a.source_minor, a.foreign_minor, a.worth_minor,
            a.source_worth_minor)
         FROM allocation a LEFT JOIN fact f ON f.place = a.fact ORDER BY 1",
    ),
    (
        "payer",
        "SELECT id, json_array(number, kind, name, email, phone, address, reach_by, department_id,
            org_number, vat_number, reference, terms, active, clock) FROM payer ORDER BY 1",
    ),
    (
        "default payers",
        "SELECT student_id, json_array(shares, clock) FROM student_payers ORDER BY 1",
    ),
    ("user", "SELECT id, json_array(login, name, body, clock) FROM desk_user ORDER BY 1"),
    (
        "reminder",
        "SELECT r.id, json_array(f.id, r.student_id, r.payer_id, r.level, r.channel, r.made_on,
            r.deadline, r.currency, r.total_minor, r.fee_minor, r.interest_minor, r.withdrawn)
         FROM reminder r LEFT JOIN fact f ON f.place = r.fact ORDER BY 1",
    ),
    (
        "reminded invoice",
        "SELECT reminder_id || ' ' || invoice_id || ' ' || instalment, json_array(open_minor)
         FROM reminder_item
         ORDER BY 1",
    ),
    (
        "hold",
        "SELECT held || ' ' || kind, json_array(until, note, active, clock) FROM reminder_hold
         ORDER BY 1",
    ),
    (
        "payment plan",
        "SELECT p.id, json_array(f.id, p.student_id, p.agreed_on, p.total_minor, p.replaces,
            p.clock, p.ended_on, p.end_reason, p.end_clock, p.replaced_by, p.until_day,
            p.open_minor, p.next_due, p.holds_until)
         FROM payment_plan p LEFT JOIN fact f ON f.place = p.fact ORDER BY 1",
    ),
    (
        "planned invoice",
        "SELECT plan_id || ' ' || invoice_id, json_array(amount_minor) FROM plan_invoice
         ORDER BY 1",
    ),
    (
        "open part of a plan",
        "SELECT plan_id || ' ' || place || ' ' || invoice_id, json_array(student_id, due_date,
            own_due, holds_until, open_minor, foreign_minor) FROM plan_part ORDER BY 1",
    ),
    (
        "charge rule",
        "SELECT event || ' ' || service_id || ' ' || valid_from, json_array(body, clock)
         FROM charge_rule ORDER BY 1",
    ),
    (
        "charge",
        "SELECT c.id, json_array(f.id, c.key, c.event, c.student_id, c.department_id,
            c.service_id, c.happened_on, c.amount_minor, c.drawn, c.body, c.clock, c.invoice_id,
            c.void_reason, c.void_clock, c.state)
         FROM charge c LEFT JOIN fact f ON f.place = c.fact ORDER BY 1",
    ),
    (
        "entitlement",
        "SELECT e.id, json_array(f.id, e.student_id, e.department_id, e.invoice_id, e.name,
            e.opened_on, e.body, e.valid_until, e.stage, e.is_amount, e.held_units, e.left_units,
            e.worth_minor, e.refund_minor)
         FROM entitlement e LEFT JOIN fact f ON f.place = e.fact ORDER BY 1",
    ),
    (
        "extension of an entitlement",
        "SELECT id, json_array(entitlement_id, student_id, before_day, until_day, on_day, reason,
            clock) FROM entitlement_extension ORDER BY 1",
    ),
    (
        "draw",
        "SELECT id, json_array(entitlement_id, student_id, event_id, booking, on_day, note, body)
         FROM entitlement_draw ORDER BY 1",
    ),
    (
        "return of a draw",
        "SELECT draw_id || ' ' || event_id, json_array(student_id, on_day, reason, clock)
         FROM draw_return ORDER BY 1",
    ),
    (
        "end of an entitlement",
        "SELECT entitlement_id, json_array(student_id, body, clock) FROM entitlement_closing
         ORDER BY 1",
    ),
    ("milestone", "SELECT id, json_array(body, clock) FROM milestone ORDER BY 1"),
    (
        "milestone waived",
        "SELECT milestone_id || ' ' || student_id, json_array(body, clock)
         FROM milestone_override ORDER BY 1",
    ),
    (
        "recurring invoice",
        "SELECT id, json_array(name, body, actor, clock) FROM recurring ORDER BY 1",
    ),
    (
        "date of a recurring invoice",
        "SELECT recurring_id || ' ' || period || ' ' || student_id,
            json_array(invoice_id, made_on, outcome, clock) FROM recurring_made ORDER BY 1",
    ),
    (
        "turn of a payment",
        "SELECT f.id, json_array(t.payment_id, t.outcome, t.on_day, t.reason)
         FROM payment_turn t JOIN fact f ON f.place = t.fact ORDER BY 1",
    ),
    (
        "release",
        "SELECT f.id, json_array(r.allocation_id, r.on_day, r.reason)
         FROM allocation_release r JOIN fact f ON f.place = r.fact ORDER BY 1",
    ),
    (
        "refund",
        "SELECT r.id, json_array(f.id, r.student_id, r.method, r.paid_on, r.currency,
            r.amount_minor, r.reference, r.reason, r.source_minor, r.foreign_currency,
            r.foreign_minor)
         FROM refund r LEFT JOIN fact f ON f.place = r.fact ORDER BY 1",
    ),
    (
        "part of a refund",
        "SELECT refund_id || ' ' || place, json_array(payment_id, credit_note_id, paid_on,
            amount_minor, foreign_minor) FROM refund_part ORDER BY 1",
    ),
    (
        "sale",
        "SELECT issue_date || ' ' || document_id || ' ' || service_id || ' ' || vat_code || ' ' ||
            vat_rate || ' ' || vat_category, json_array(department_id, currency, net_minor,
            vat_minor, gross_minor) FROM sale ORDER BY 1",
    ),
    (
        "sales of a day",
        "SELECT issue_date || ' ' || service_id || ' ' || vat_code || ' ' || vat_rate || ' ' ||
            vat_category || ' ' || department_id || ' ' || currency,
            json_array(net_minor, vat_minor, gross_minor) FROM sale_day ORDER BY 1",
    ),
    // A day to which what was brought was taken back again is as good as none.
    (
        "debt of a day",
        "SELECT day || ' ' || currency, json_array(open_minor, overdue_minor) FROM debt_day
         WHERE open_minor <> 0 OR overdue_minor <> 0 ORDER BY 1",
    ),
    (
        "documents of a standing",
        "SELECT standing || ' ' || late_once, json_array(documents, gross_minor, open_minor)
         FROM document_tally WHERE documents <> 0 AND standing <> 'draft' ORDER BY 1",
    ),
    (
        "takings of a day",
        "SELECT day || ' ' || method || ' ' || desk || ' ' || currency, json_array(received_count,
            received_minor, reversed_minor, refunded_minor) FROM taking_day
         WHERE received_count <> 0 OR received_minor <> 0 OR reversed_minor <> 0
            OR refunded_minor <> 0 ORDER BY 1",
    ),
    (
        "erasure",
        "SELECT f.id, json_array(e.student_id, e.payers, e.ground, e.erased_on, e.kept_from,
            e.kept_until)
         FROM erasure e JOIN fact f ON f.place = e.fact ORDER BY 1",
    ),
    (
        "taken back",
        "SELECT t.item_id || ' ' || f.id, json_array(t.what, t.clock)
         FROM taken_back t JOIN fact f ON f.place = t.fact ORDER BY 1",
    ),
    (
        "connection",
        "SELECT id, json_array(provider, remote_company_id, remote_company_name, export_from,
            opened, closed, attach_pdf, attach_clock, booking, booking_clock)
            FROM connection ORDER BY 1",
    ),
    (
        "mapping",
        "SELECT connection_id || ' ' || department || ' ' || kind || ' ' || local_key,
            json_array(remote_code, origin, clock) FROM mapping ORDER BY 1",
    ),
    (
        "booking_rules",
        "SELECT connection_id || ' ' || department, json_array(body, clock)
            FROM booking_rules ORDER BY 1",
    ),
];
