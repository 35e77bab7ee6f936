//! Appending facts to the log.

use super::{chain, personal};
use crate::batches::write;
use crate::decode;
use crate::error::StoreError;
use crate::history::subject_key;
use finance::fact::{FACT_VERSION, Fact};
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
    let fresh = unknown(conn, facts).await?;
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    let Ends { last, draw, mut heads } = ends(conn).await?;
    let mut moved = BTreeSet::new();
    let mut placed = Vec::with_capacity(fresh.len());
    let mut place = last;
    write(conn, &fresh, |batch| {
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
        Ok::<_, StoreError>(insertion(&entries))
    })
    .await?;
    for desk in moved {
        keep_head(conn, desk, &heads[desk]).await?;
    }
    Ok(placed)
}

/// Facts that are not in the log, each once, in the order given.
async fn unknown<'a>(
    conn: &mut SqliteConnection,
    facts: &'a [Fact],
) -> Result<Vec<&'a Fact>, StoreError> {
    let ids: Vec<String> = facts.iter().map(|fact| fact.id.to_string()).collect();
    let known: Vec<String> =
        sqlx::query_scalar("SELECT id FROM fact WHERE id IN (SELECT value FROM json_each(?))")
            .bind(serde_json::to_string(&ids)?)
            .fetch_all(conn)
            .await?;
    let mut seen: HashSet<String> = known.into_iter().collect();
    Ok(facts.iter().zip(ids).filter(|(_, id)| seen.insert(id.clone())).map(|(f, _)| f).collect())
}

/// Where the log ends: its last place, the last of each desk's chain, and a fresh draw of chance.
struct Ends {
    last: i64,
    draw: Vec<u8>,
    heads: HashMap<String, (i64, Vec<u8>)>,
}

/// One question for all three: every statement is a journey to the database's thread.
async fn ends(conn: &mut SqliteConnection) -> Result<Ends, StoreError> {
    type Row = (i64, Vec<u8>, Option<String>, Option<i64>, Option<Vec<u8>>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT log.last, log.draw, chain.desk, chain.seq, chain.hash
         FROM (SELECT coalesce(max(place), 0) AS last, randomblob(32) AS draw FROM fact) log
         LEFT JOIN chain",
    )
    .fetch_all(conn)
    .await?;
    let mut ends = Ends { last: 0, draw: Vec::new(), heads: HashMap::new() };
    for (last, draw, desk, seq, hash) in rows {
        (ends.last, ends.draw) = (last, draw);
        ends.heads.extend(desk.zip(seq.zip(hash)));
    }
    Ok(ends)
}

async fn keep_head(
    conn: &mut SqliteConnection,
    desk: &str,
    (seq, hash): &(i64, Vec<u8>),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO chain (desk, seq, hash) VALUES (?, ?, ?)
         ON CONFLICT (desk) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
    )
    .bind(desk)
    .bind(seq)
    .bind(hash)
    .execute(conn)
    .await?;
    Ok(())
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

fn insertion(entries: &[(i64, Entry)]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::<Sqlite>::new(
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
    query
}
