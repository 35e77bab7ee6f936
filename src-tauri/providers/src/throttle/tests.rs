use super::*;
use proptest::prelude::*;

const XERO: RateLimits = RateLimits { concurrent: 5, per_minute: 60, per_day: 5000 };

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
}

/// A provider that counts strictly by when calls arrive, and a client that calls as fast as the
/// throttle lets it. Gives the arrivals, in milliseconds.
fn run(limits: RateLimits, latencies_ms: &[i64], length_ms: i64) -> Vec<i64> {
    let mut throttle = Throttle::new(limits, DayUse::default());
    let mut ends: Vec<i64> = Vec::new();
    let mut arrivals = Vec::new();
    let mut latencies = latencies_ms.iter().cycle();
    let (mut now_ms, at) = (0, |ms: i64| start() + TimeDelta::milliseconds(ms));
    while now_ms < length_ms {
        ends.sort_unstable();
        while ends.first().is_some_and(|end| *end <= now_ms) {
            throttle.end(at(ends.remove(0)), Remaining::default());
        }
        now_ms = match throttle.next_allowed(at(now_ms)) {
            Ok(()) => {
                let latency = latencies.next().copied().unwrap_or(100);
                // The call arrives anywhere between its start and its end.
                arrivals.push(now_ms + (now_ms * 7919) % (latency + 1));
                ends.push(now_ms + latency);
                now_ms
            }
            Err(Wait::ForCallToEnd) => *ends.first().expect("a call is running"),
            Err(Wait::For(wait)) => {
                let wake = now_ms + i64::try_from(wait.as_millis()).expect("short").max(1);
                ends.first().map_or(wake, |end| wake.min(*end))
            }
        };
    }
    arrivals.sort_unstable();
    arrivals
}

fn most_within(arrivals: &[i64], window_ms: i64) -> usize {
    let mut first = 0;
    let mut most = 0;
    for (index, arrival) in arrivals.iter().enumerate() {
        while arrivals[first] <= arrival - window_ms {
            first += 1;
        }
        most = most.max(index - first + 1);
    }
    most
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_minute_ever_holds_more_calls_than_published(
        latencies in prop::collection::vec(1_i64..9_000, 1..40),
        per_minute in 1_u32..120,
        concurrent in 1_usize..9,
    ) {
        let limits = RateLimits { concurrent, per_minute, per_day: 5000 };
        let arrivals = run(limits, &latencies, 600_000);
        prop_assert!(most_within(&arrivals, 60_000) <= per_minute as usize);
    }

    #[test]
    fn nearly_all_of_the_minute_is_used(latencies in prop::collection::vec(50_i64..2_000, 1..40)) {
        let minutes = 30;
        let used = run(XERO, &latencies, minutes * 60_000).len();
        prop_assert!(used * 100 >= 95 * 60 * minutes as usize, "{used} calls in {minutes} minutes");
    }
}

#[test]
fn the_day_is_used_up_to_its_limit_and_no_further() {
    let day_ms = 24 * 3_600_000;
    let arrivals = run(XERO, &[200, 700], 3 * day_ms);
    assert!(most_within(&arrivals, day_ms) <= 5000);
    assert!(arrivals.len() * 100 >= 95 * 3 * 5000, "{} calls in three days", arrivals.len());
}

#[test]
fn the_day_count_survives_a_restart() {
    let limits = RateLimits { concurrent: 1, per_minute: 10, per_day: 2 };
    let mut throttle = Throttle::new(limits, DayUse::default());
    for _ in 0..2 {
        throttle.next_allowed(start()).expect("allowed");
        throttle.end(start(), Remaining::default());
    }
    let stored = serde_json::to_string(throttle.day_use()).expect("stored");
    let mut again = Throttle::new(limits, serde_json::from_str(&stored).expect("read"));
    assert_eq!(again.left_today(), 0);
    assert!(
        matches!(again.next_allowed(start()), Err(Wait::For(wait)) if wait > Duration::from_secs(80_000))
    );
    assert_eq!(again.next_allowed(start() + TimeDelta::hours(25)), Ok(()));
}

#[test]
fn calls_of_other_programs_are_counted_when_the_provider_tells_of_them() {
    let mut throttle = Throttle::new(XERO, DayUse::default());
    throttle.next_allowed(start()).expect("allowed");
    throttle.end(start(), Remaining { minute: Some(0), day: Some(999) });
    assert!(
        matches!(throttle.next_allowed(start()), Err(Wait::For(wait)) if wait <= Duration::from_secs(60))
    );
    assert_eq!(throttle.left_today(), 999);
    assert_eq!(throttle.next_allowed(start() + MINUTE), Ok(()));
}

#[test]
fn nothing_goes_out_before_the_wait_the_provider_asked_for() {
    let mut throttle = Throttle::new(XERO, DayUse::default());
    throttle.hold(start(), Duration::from_secs(90));
    let late = start() + TimeDelta::seconds(89);
    assert_eq!(throttle.next_allowed(late), Err(Wait::For(Duration::from_secs(1))));
    assert_eq!(throttle.next_allowed(start() + TimeDelta::seconds(90)), Ok(()));
}

#[test]
fn a_clock_set_back_a_day_locks_nothing_up() {
    let limits = RateLimits { concurrent: 1, per_minute: 1, per_day: 9 };
    let mut throttle = Throttle::new(limits, DayUse::default());
    throttle.next_allowed(start()).expect("allowed");
    throttle.end(start(), Remaining::default());
    let back = start() - DAY;
    assert!(
        matches!(throttle.next_allowed(back), Err(Wait::For(wait)) if wait <= Duration::from_secs(60))
    );
    assert_eq!(throttle.next_allowed(back + MINUTE), Ok(()));
}

#[test]
fn a_wait_that_was_asked_for_outlives_the_program() {
    let mut throttle = Throttle::new(XERO, DayUse::default());
    throttle.next_allowed(start()).expect("a place");
    throttle.hold(start(), Duration::from_secs(40));
    throttle.end(start(), Remaining::default());
    let stored = serde_json::to_string(throttle.day_use()).expect("stored");
    let day = serde_json::from_str(&stored).expect("read");
    let mut again = Throttle::new(XERO, day);
    let soon = start() + TimeDelta::seconds(39);
    assert_eq!(again.next_allowed(soon), Err(Wait::For(Duration::from_secs(1))));
    assert_eq!(again.next_allowed(start() + TimeDelta::seconds(40)), Ok(()));
}
