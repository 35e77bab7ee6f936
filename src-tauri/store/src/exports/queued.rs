//! Pieces of SQL that queueing is made of: what every record begins with, and who stands as the
//! customer of a document at a connection.
//!
//! Never queues anything.

/// Whether a record may be there: it was sent, or a person settled that it is.
macro_rules! was_sent {
    ($r:literal) => {
        concat!(
            "(",
            $r,
            ".sent_at IS NOT NULL OR ",
            $r,
            ".external_id IS NOT NULL OR ",
            $r,
            ".state IN ('in_flight', 'unknown', 'exported', 'settled_manually'))"
        )
    };
}

/// Who is chosen to stand as the customer of a document `d` at a connection `c`: a company or agency
/// that pays, or else whom it is about or who pays for them; where students are grouped, the
/// connection's id stands for all of these. The department's choice counts before the school's.
macro_rules! chosen {
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

/// The customer of a document `d` at a connection `c`: where it was sent, or its invoice was, the one
/// it was sent with, whatever is chosen since.
macro_rules! customer {
    () => {
        concat!(
            "coalesce((SELECT b.document_id FROM export_record i
                JOIN export_record b ON b.id = i.depends_on WHERE i.connection_id = c.id
                AND i.document_id IN (d.id, d.invoice_id) AND i.kind IN ('invoice', 'credit_note')
                AND i.operation = 'create' AND ",
            was_sent!("i"),
            "
            ORDER BY i.kind = 'invoice' LIMIT 1), ",
            chosen!(),
            ")"
        )
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

/// The record of the customer of a document `d` at a connection `c`. It is joined crosswise, so that
/// it is searched for each document and never the other way round.
macro_rules! k_is_its_customer {
    () => {
        concat!(
            "k.connection_id = c.id AND k.kind = 'customer' AND k.operation = 'create'
        AND k.document_id = ",
            customer!()
        )
    };
}

/// The customer under which a system knows the student of a refund `f`: as in the student's latest
/// document there that no company pays, or as whoever paid before the first invoice.
macro_rules! k_knows_the_student {
    () => {
        "k.id = coalesce((SELECT o.id FROM document e
            JOIN export_record x ON x.connection_id = c.id AND x.kind = e.kind
                AND x.document_id = e.id AND x.operation = 'create'
            JOIN export_record o ON o.id = x.depends_on AND o.document_id IN (f.student_id, c.id)
            WHERE e.student_id = f.student_id ORDER BY x.id DESC LIMIT 1),
            (SELECT w.id FROM export_record w WHERE w.connection_id = c.id
                AND w.kind = 'customer' AND w.operation = 'create'
                AND w.document_id = f.student_id))"
    };
}
