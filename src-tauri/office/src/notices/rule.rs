//! What is news: once for each connection and class until it is mended or a day has passed.
//!
//! Never asks the book or the clock: it is told what is open, what was said, and the moment.

use finance::ids::ConnectionId;
use std::collections::BTreeMap;
use store::exports::OpenNeed;

/// After so long something that is still open is told again.
const AGAIN_MS: i64 = 24 * 60 * 60 * 1_000;

const SIGN_IN: &str = "sign_in";
const CONFLICT: &str = "conflict_there";

/// When it was told, by connection and class.
pub(super) type Told = BTreeMap<String, i64>;

/// What is to be told, for each connection together, and what counts as told from now on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub news: Vec<Vec<OpenNeed>>,
    pub told: Told,
}

fn name(need: &OpenNeed) -> String {
    format!("{} {}", need.connection, need.class)
}

/// Finds what is news. While a run goes on its connection says nothing: what it finds is told
/// together when it is over, and what it mends meanwhile was never open to anybody. Only that a
/// person must sign in is told at once.
pub(super) fn hear(
    needs: &[OpenNeed],
    before: &Told,
    running: impl Fn(ConnectionId) -> bool,
    now_ms: i64,
) -> Heard {
    let mut news: BTreeMap<ConnectionId, Vec<OpenNeed>> = BTreeMap::new();
    let mut told = Told::new();
    for need in needs {
        let name = name(need);
        match before.get(&name) {
            Some(at) if now_ms - at < AGAIN_MS => {
                told.insert(name, *at);
            }
            // Told long ago and its connection is at work: it is looked at again afterwards.
            Some(at) if waits(need, &running) => {
                told.insert(name, *at);
            }
            None if waits(need, &running) => {}
            Some(_) | None => {
                told.insert(name, now_ms);
                news.entry(need.connection).or_default().push(need.clone());
            }
        }
    }
    // What a run has in hand may come back before it is over; it is not news then.
    for (name, at) in before.iter().filter(|(name, _)| is_of_a_run(name, &running)) {
        told.entry(name.clone()).or_insert(*at);
    }
    Heard { news: news.into_values().collect(), told }
}

fn waits(need: &OpenNeed, running: &impl Fn(ConnectionId) -> bool) -> bool {
    need.class != SIGN_IN && running(need.connection)
}

fn is_of_a_run(name: &str, running: &impl Fn(ConnectionId) -> bool) -> bool {
    let connection = name.split(' ').next().and_then(|id| id.parse().ok());
    connection.is_some_and(running)
}

/// What is news of one connection, in words.
pub(super) fn words(news: &[OpenNeed], norwegian: bool) -> String {
    let sum = |of: fn(&str) -> bool| -> u32 {
        let counts = news.iter().filter(|need| of(&need.class)).map(|need| need.records.max(1));
        counts.fold(0, u32::saturating_add)
    };
    let sign_in = sum(|class| class == SIGN_IN);
    let conflicts = sum(|class| class == CONFLICT);
    let records = sum(|class| class != SIGN_IN && class != CONFLICT);
    let mut parts = Vec::new();
    if sign_in > 0 {
        let text = if norwegian { "logg inn på nytt" } else { "sign in again" };
        parts.push(text.to_owned());
    }
    if records > 0 {
        parts.push(match (norwegian, records) {
            (true, 1) => "1 post trenger deg".to_owned(),
            (true, _) => format!("{records} poster trenger deg"),
            (false, 1) => "1 record needs you".to_owned(),
            (false, _) => format!("{records} records need you"),
        });
    }
    if conflicts > 0 {
        parts.push(match (norwegian, conflicts) {
            (true, 1) => "1 endring der trenger deg".to_owned(),
            (true, _) => format!("{conflicts} endringer der trenger deg"),
            (false, 1) => "1 change there needs you".to_owned(),
            (false, _) => format!("{conflicts} changes there need you"),
        });
    }
    parts.join("; ")
}

/// Where it is mended.
pub(super) fn path(news: &[OpenNeed]) -> &'static str {
    let only = |class: &str| news.iter().all(|need| need.class == class);
    if only(CONFLICT) { "/conflicts" } else { "/review" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const XERO: ConnectionId = ConnectionId(Uuid::from_u128(1));
    const SAGE: ConnectionId = ConnectionId(Uuid::from_u128(2));
    const HOUR: i64 = 60 * 60 * 1_000;

    fn need(connection: ConnectionId, class: &str, records: u32) -> OpenNeed {
        let provider = "xero".to_owned();
        OpenNeed { connection, provider, class: class.to_owned(), records }
    }

    fn idle(_: ConnectionId) -> bool {
        false
    }

    #[test]
    fn what_is_open_is_told_once_until_a_day_has_passed() {
        let open = [need(XERO, "mapping_missing", 3)];
        let first = hear(&open, &Told::new(), idle, 0);
        assert_eq!(first.news, [open.to_vec()]);
        let more = [need(XERO, "mapping_missing", 500)];
        let later = hear(&more, &first.told, idle, 23 * HOUR);
        assert_eq!((later.news.len(), &later.told), (0, &first.told));
        assert_eq!(hear(&more, &later.told, idle, 24 * HOUR).news, [more.to_vec()]);
    }

    #[test]
    fn what_was_mended_and_comes_back_is_news() {
        let open = [need(XERO, "period_locked", 1)];
        let told = hear(&open, &Told::new(), idle, 0).told;
        let mended = hear(&[], &told, idle, HOUR);
        assert!(mended.told.is_empty());
        assert_eq!(hear(&open, &mended.told, idle, 2 * HOUR).news.len(), 1);
    }

    #[test]
    fn another_class_is_news_of_its_own_and_does_not_count_what_was_told() {
        let told = hear(&[need(XERO, "duplicate", 2)], &Told::new(), idle, 0).told;
        let both = [need(XERO, "duplicate", 2), need(XERO, "validation", 1)];
        let heard = hear(&both, &told, idle, HOUR);
        assert_eq!(heard.news, [vec![both[1].clone()]]);
    }

    #[test]
    fn a_connection_is_told_of_in_one_breath_and_two_apart() {
        let all = [need(XERO, "duplicate", 2), need(XERO, SIGN_IN, 0), need(SAGE, CONFLICT, 1)];
        let news = hear(&all, &Told::new(), idle, 0).news;
        assert_eq!(news.len(), 2);
        assert_eq!(words(&news[0], false), "sign in again; 2 records need you");
        assert_eq!(
            (words(&news[1], true), path(&news[1])),
            ("1 endring der trenger deg".to_owned(), "/conflicts")
        );
    }

    #[test]
    fn a_run_is_quiet_until_it_is_over_but_for_the_sign_in() {
        let at_work = |connection| connection == XERO;
        let all = [need(XERO, "validation", 4), need(XERO, SIGN_IN, 0)];
        let during = hear(&all, &Told::new(), at_work, 0);
        assert_eq!(during.news, [vec![all[1].clone()]]);
        let after = hear(&all, &during.told, idle, HOUR);
        assert_eq!(after.news, [vec![all[0].clone()]]);
    }

    #[test]
    fn what_a_run_takes_up_and_puts_back_is_no_news() {
        let open = [need(XERO, "validation", 4)];
        let told = hear(&open, &Told::new(), idle, 0).told;
        let taken_up = hear(&[], &told, |_| true, HOUR);
        assert_eq!(hear(&open, &taken_up.told, idle, 2 * HOUR).news.len(), 0);
    }
}
