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

/// The customer `x` takes what is in this currency, where that is not the book's: it is kept in that
/// one, or in the book's, or in none. Which of these a system wants is settled before anything is sent,
/// see [`super::by_currency`].
macro_rules! serves {
    ($x:literal, $foreign:literal) => {
        concat!("(", $x, ".currency IS NULL OR ", $x, ".currency = ", $foreign, ")")
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

/// The record of the customer of a document `d` at a connection `c`: the one in its currency, where
/// there is one. It is joined crosswise, so that it is searched for each document and never the other
/// way round.
macro_rules! k_is_its_customer {
    () => {
        concat!(
            "k.id = (SELECT x.id FROM export_record x WHERE x.connection_id = c.id
        AND x.kind = 'customer' AND x.operation = 'create' AND x.document_id = ",
            customer!(),
            " AND ",
            serves!("x", "d.foreign_currency"),
            " ORDER BY x.currency IS NULL LIMIT 1)"
        )
    };
}

/// The latest document of the student of a refund `f` that no company pays, as its customer.
macro_rules! latest {
    ($rest:literal) => {
        concat!(
            "(SELECT o.id FROM document e
            JOIN export_record x ON x.connection_id = c.id AND x.kind = e.kind
                AND x.document_id = e.id AND x.operation = 'create'
            JOIN export_record o ON o.id = x.depends_on AND o.document_id IN (f.student_id, c.id)
            WHERE e.student_id = f.student_id ",
            $rest,
            " ORDER BY x.id DESC LIMIT 1)"
        )
    };
}

/// The customer under which a system knows the student of a refund `f`: as in the student's latest
/// document there that no company pays, in its currency if there is one, or as whoever paid before the
/// first invoice.
macro_rules! k_knows_the_student {
    () => {
        concat!(
            "k.id = coalesce(",
            latest!("AND o.currency IS f.foreign_currency"),
            ", ",
            latest!(""),
            ", (SELECT w.id FROM export_record w WHERE w.connection_id = c.id
                AND w.kind = 'customer' AND w.operation = 'create'
                AND w.document_id = f.student_id ORDER BY w.currency IS NOT NULL LIMIT 1))"
        )
    };
}
