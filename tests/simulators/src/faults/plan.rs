//! Decides, request by request, whether a rule strikes. The same seed and the same order of
//! requests give the same faults.

use serde::Serialize;
use std::time::{Duration, Instant};

use super::{Fault, FaultProfile, When};

/// A fault that struck, for the test's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fired {
    pub method: String,
    pub path: String,
    pub fault: Fault,
    pub when: When,
}

/// A profile in use: how often each rule matched and struck.
#[derive(Debug, Default)]
pub struct FaultPlan {
    profile: FaultProfile,
    matched: Vec<u64>,
    struck: Vec<u64>,
    dice: u64,
    fired: Vec<Fired>,
    quiet: Option<Quiet>,
    too_early: u64,
}

/// A client was told to wait.
#[derive(Clone, Copy, Debug)]
struct Quiet {
    from: Instant,
    until: Instant,
}

/// Calls that were on their way when the client was told to wait arrive within this time. On a busy
/// machine they lie in a socket for a while before anybody reads them, and so does the refusal.
const ON_THEIR_WAY: Duration = Duration::from_millis(500);

impl FaultPlan {
    /// Starts a profile with all counters at zero.
    pub fn new(profile: FaultProfile) -> Self {
        let count = profile.rules.len();
        let dice = profile.seed;
        Self { profile, matched: vec![0; count], struck: vec![0; count], dice, ..Self::default() }
    }

    /// The fault that meets this request, if any.
    pub fn decide(&mut self, method: &str, path: &str) -> Option<(Fault, When)> {
        self.decide_at(Instant::now(), method, path)
    }

    fn decide_at(&mut self, arrived: Instant, method: &str, path: &str) -> Option<(Fault, When)> {
        let is_early = |quiet: &Quiet| arrived > quiet.from + ON_THEIR_WAY && arrived < quiet.until;
        self.too_early += u64::from(self.quiet.as_ref().is_some_and(is_early));
        let mut chosen = None;
        for index in 0..self.profile.rules.len() {
            if !self.matches(index, method, path) {
                continue;
            }
            self.matched[index] += 1;
            if chosen.is_none() && self.strikes(index) {
                self.struck[index] += 1;
                chosen = Some(index);
            }
        }
        let rule = &self.profile.rules[chosen?];
        let (fault, when) = (rule.fault.clone(), rule.moment());
        self.fired.push(Fired {
            method: method.to_owned(),
            path: path.to_owned(),
            fault: fault.clone(),
            when,
        });
        if let Fault::RateLimited { retry_after_s: Some(wait_s), .. } = &fault {
            let until = arrived + Duration::from_secs(*wait_s);
            self.quiet = Some(Quiet { from: arrived, until });
        }
        Some((fault, when))
    }

    /// Calls that arrived while the client had been told to wait.
    pub fn too_early(&self) -> u64 {
        self.too_early
    }

    /// Every fault that struck so far, in order.
    pub fn fired(&self) -> &[Fired] {
        &self.fired
    }

    fn matches(&self, index: usize, method: &str, path: &str) -> bool {
        let rule = &self.profile.rules[index];
        rule.method.as_deref().is_none_or(|wanted| wanted == method)
            && rule.path.as_deref().is_none_or(|prefix| path.starts_with(prefix))
    }

    fn strikes(&mut self, index: usize) -> bool {
        let rule = &self.profile.rules[index];
        if rule.times.is_some_and(|times| self.struck[index] >= times)
            || rule.nth.is_some_and(|nth| self.matched[index] != nth)
        {
            return false;
        }
        match rule.per_mille {
            Some(per_mille) => self.roll() % 1000 < u64::from(per_mille),
            None => true,
        }
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014): small, seeded, and even enough for dice.
    fn roll(&mut self) -> u64 {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.dice;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::*;

    #[test]
    fn a_call_before_the_time_is_counted_unless_it_was_on_its_way() {
        let wait = Fault::RateLimited { retry_after_s: Some(2), problem: String::new() };
        let rule = Rule { times: Some(1), ..Rule::always(wait) };
        let mut plan = FaultPlan::new(FaultProfile::of([rule]));
        let begun = Instant::now();
        let mut call = |after_ms| {
            let arrived = begun + Duration::from_millis(after_ms);
            let _ = plan.decide_at(arrived, "GET", "/");
            plan.too_early()
        };
        assert_eq!([0, 400, 600, 1_900, 2_000].map(&mut call), [0, 0, 1, 2, 2]);
    }
}
