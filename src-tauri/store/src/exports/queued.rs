//! Pieces of SQL that queueing is made of: what every record begins with, and who stands as the
//! customer of a document at a connection.
//!
//! Never queues anything.

/// The customer of a document `d` at a connection `c`: a company or agency that pays, or else whom
/// it is about or who pays for them; where students are grouped, the connection's id stands for all
/// of these. The department's choice counts before the school's.
macro_rules! customer {
    () => {
        "CASE WHEN (SELECT y.kind FROM payer y WHERE y.id = d.payer_id) IN ('employer', 'agency')
            THEN d.payer_id
        WHEN coalesce(
            (SELECT m.remote_code FROM mapping m WHERE m.connection_id = c.id AND d.department_id
                IS NOT NULL AND m.department = d.department_id AND m.kind = 'customer'
                AND m.local_key = 'students'),
            (SELECT m.remote_code FROM mapping m WHERE m.connection_id = c.id
                AND m.department = '' AND m.kind = 'customer' AND m.local_key = 'students'))
            = 'grouped' THEN c.id
        ELSE coalesce(d.payer_id, d.student_id) END"
    };
}

/// What the one customer is called, in the language of the school.
macro_rules! students {
    () => {
        "coalesce((SELECT iif(body ->> 'language' = 'nb', 'Elever', 'Students') FROM school), 'Students')"
    };
}

/// Columns every queued record begins with.
macro_rules! insert {
    ($($rest:tt)+) => {
        concat!(
            "INSERT INTO export_record (connection_id, kind, document_id, depends_on, ",
            "depends_also_on, student_id, label, date, amount_minor, currency, look_first, ",
            "created_at, changed_at) ",
            $($rest)+
        )
    };
}

/// The record of who a document `d` is the customer's at a connection `c`: a credit note's is that
/// of its invoice, whatever is chosen since. It is joined crosswise, so that it is searched for each
/// document and never the other way round.
macro_rules! k_is_its_customer {
    () => {
        concat!(
            "k.connection_id = c.id AND k.kind = 'customer' AND k.operation = 'create'
        AND k.document_id = coalesce((SELECT b.document_id FROM export_record i
            JOIN export_record b ON b.id = i.depends_on WHERE i.connection_id = c.id
                AND i.kind = 'invoice' AND i.document_id = d.invoice_id
                AND i.operation = 'create'), ",
            customer!(),
            ")"
        )
    };
}

/// The customer under which a system knows the student of a refund `f`.
macro_rules! k_knows_the_student {
    () => {
        "k.id = coalesce((SELECT o.id FROM export_record o WHERE o.connection_id = c.id
            AND o.kind = 'customer' AND o.document_id = f.student_id AND o.operation = 'create'),
        (SELECT o.id FROM export_record o WHERE o.connection_id = c.id
            AND o.kind = 'customer' AND o.document_id = c.id AND o.operation = 'create'))"
    };
}
