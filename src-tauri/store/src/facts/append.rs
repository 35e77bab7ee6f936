//! Appending facts to the log.

use super::{chain, personal};
use crate::batches::write;
use crate::decode;
use crate::error::StoreError;
use crate::history::subject_key;
use finance::fact::{FACT_VERSION, Fact};
use finance::ids::FactId;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A row of `fact`, before it has its place.
struct Entry {
    id: String,
    desk: String,
    seq: i64,
    clock: String,
    actor: String,
    version: i64,
    kind: String,
    subject: Option<String>,
    body: String,
    salt: Option<Vec<u8>>,
    personal: Option<String>,
    personal_digest: Option<Vec<u8>>,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

/// A new fact and its place in the log.
pub(crate) struct Placed<'a> {
    pub place: i64,
    pub clock: String,
    pub fact: &'a Fact,
}

/// Appends the facts that are not there yet, and returns these.
pub(crate) async fn append<'a>(
    conn: &mut SqliteConnection,
    facts: &'a [Fact],
) -> Result<Vec<Placed<'a>>, StoreError> {
    let Ends { last, draw, mut heads, known } = ends(conn, facts).await?;
    let fresh = unknown(facts, known);
    let mut placed: Vec<Placed<'a>> = Vec::with_capacity(fresh.len());
    let mut moved = BTreeSet::new();
    let mut place = last;
    write(conn, &fresh, |query, batch| {
        let mut entries = Vec::with_capacity(batch.len());
        for fact in batch {
            let head = heads.entry(fact.clock.desk.clone()).or_insert((0, chain::ORIGIN.to_vec()));
            let entry = entry(fact, head, &draw)?;
            *head = (entry.seq, entry.hash.clone());
            moved.insert(&fact.clock.desk);
            place += 1;
            placed.push(Placed { place, clock: entry.clock.clone(), fact });
            entries.push((place, entry));
        }
        insertion(query, &entries);
        if placed.len() == fresh.len() {
            keep_heads(query, moved.iter().map(|desk| (*desk, &heads[*desk])));
        }
        Ok::<_, StoreError>(())
    })
    .await?;
    Ok(placed)
}

/// Facts that are not in the log, each once, in the order given.
fn unknown(facts: &[Fact], known: HashSet<FactId>) -> Vec<&Fact> {
    let mut seen = known;
    facts.iter().filter(|fact| seen.insert(fact.id)).collect()
}

/// Where the log ends: its last place, the last of each desk's chain, and a fresh draw of chance;
/// and which of some facts it has.
struct Ends {
    last: i64,
    draw: Vec<u8>,
    heads: HashMap<String, (i64, Vec<u8>)>,
    known: HashSet<FactId>,
}

/// One question for all: every question is a journey to the database's thread.
async fn ends(conn: &mut SqliteConnection, facts: &[Fact]) -> Result<Ends, StoreError> {
    type Row = (i64, Vec<u8>, String, Option<String>, Option<i64>, Option<Vec<u8>>);
    let ids: Vec<String> = facts.iter().map(|fact| fact.id.to_string()).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT log.last, log.draw, log.known, chain.desk, chain.seq, chain.hash
         FROM (SELECT coalesce(max(place), 0) AS last, randomblob(32) AS draw,
            (SELECT json_group_array(id) FROM fact
                WHERE id IN (SELECT value FROM json_each(?))) AS known FROM fact) log
         LEFT JOIN chain",
    )
    .bind(serde_json::to_string(&ids)?)
    .fetch_all(conn)
    .await?;
    let known = rows.first().map(|row| decode::json(&row.2)).transpose()?.unwrap_or_default();
    let mut ends = Ends { last: 0, draw: Vec::new(), heads: HashMap::new(), known };
    for (last, draw, _, desk, seq, hash) in rows {
        (ends.last, ends.draw) = (last, draw);
        ends.heads.extend(desk.zip(seq.zip(hash)));
    }
    Ok(ends)
}

/// The ends of the chains, in the question that writes the last facts.
fn keep_heads<'a>(
    query: &mut QueryBuilder<Sqlite>,
    heads: impl Iterator<Item = (&'a String, &'a (i64, Vec<u8>))>,
) {
    query.push("; INSERT INTO chain (desk, seq, hash) ");
    query.push_values(heads, |mut row, (desk, (seq, hash))| {
        row.push_bind(desk).push_bind(seq).push_bind(hash);
    });
    query.push(" ON CONFLICT (desk) DO UPDATE SET seq = excluded.seq, hash = excluded.hash");
}

fn entry(fact: &Fact, head: &(i64, Vec<u8>), draw: &[u8]) -> Result<Entry, StoreError> {
    if fact.version > FACT_VERSION {
        return Err(StoreError::NewerFact);
    }
    let mut body = serde_json::to_value(&fact.body)?;
    let kind = body["type"].as_str().unwrap_or_default().to_owned();
    let id = fact.id.to_string();
    let personal =
        personal::split(&mut body).map(|taken| serde_json::to_string(&taken)).transpose()?;
    let salt = personal.as_ref().map(|_| chain::salt(draw, &id).to_vec());
    let personal_digest = salt
        .as_deref()
        .zip(personal.as_deref())
        .map(|(salt, personal)| chain::personal_digest(salt, personal).to_vec());
    let mut entry = Entry {
        id,
        desk: fact.clock.desk.clone(),
        seq: head.0 + 1,
        clock: fact.clock.sortable(),
        actor: fact.actor.clone(),
        version: i64::from(fact.version),
        kind,
        subject: subject_key(&fact.body),
        body: serde_json::to_string(&body)?,
        salt,
        personal,
        personal_digest,
        prev_hash: head.1.clone(),
        hash: Vec::new(),
    };
    debug_assert_eq!(decode::clock(&entry.clock).ok().as_ref(), Some(&fact.clock));
    entry.hash = link(&entry).hash().to_vec();
    Ok(entry)
}

fn link(entry: &Entry) -> chain::Link<'_> {
    chain::Link {
        prev: &entry.prev_hash,
        desk: &entry.desk,
        seq: entry.seq,
        id: &entry.id,
        clock: &entry.clock,
        actor: &entry.actor,
        version: entry.version,
        kind: &entry.kind,
        subject: entry.subject.as_deref(),
        body: &entry.body,
        personal_digest: entry.personal_digest.as_deref(),
    }
}

fn insertion(query: &mut QueryBuilder<Sqlite>, entries: &[(i64, Entry)]) {
    query.push(
        "INSERT INTO fact (place, id, desk, seq, clock, actor, version, kind, subject, body,
         salt, personal, personal_digest, prev_hash, hash) ",
    );
    query.push_values(entries, |mut row, (place, entry)| {
        row.push_bind(place)
            .push_bind(&entry.id)
            .push_bind(&entry.desk)
            .push_bind(entry.seq)
            .push_bind(&entry.clock)
            .push_bind(&entry.actor)
            .push_bind(entry.version)
            .push_bind(&entry.kind)
            .push_bind(&entry.subject)
            .push_bind(&entry.body)
            .push_bind(&entry.salt)
            .push_bind(&entry.personal)
            .push_bind(&entry.personal_digest)
            .push_bind(&entry.prev_hash)
            .push_bind(&entry.hash);
    });
}
