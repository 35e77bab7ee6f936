//! Whether an answer tells of the present: a system repeats what it said under a key, also of a
//! record that somebody there deleted since.
//!
//! Never sends anything, and asks only about what was sent under the same key before.

use super::run::Run;
use super::send::wanted;
use super::verdict::Flight;
use providers::{Found, ProviderError, PushAnswer, Wanted};

impl Run {
    /// The answer, without the success of records that are not there. Such a record is in doubt and
    /// is looked up again; what is not there then goes under the next revision's key.
    pub(super) async fn confirmed(&self, batch: &[Flight], mut answer: PushAnswer) -> PushAnswer {
        let again: Vec<usize> = (0..batch.len())
            .filter(|at| batch[*at].due.attempts > 0 && batch[*at].due.body_hash.is_some())
            .filter(|at| matches!(answer.outcomes.get(*at), Some(Ok(_))))
            .collect();
        if again.is_empty() {
            return answer;
        }
        let asked: Vec<Wanted> = again.iter().map(|at| wanted(&batch[*at].document)).collect();
        let found = self.driver.find(self.watch.clone(), &asked).await;
        self.observe(found.as_ref().err(), None);
        for (place, at) in again.into_iter().enumerate() {
            let is_there =
                found.as_ref().is_ok_and(|all| matches!(all.get(place), Some(Found::Ours(_))));
            if !is_there {
                let seen = "an answer about a record that is not there any more".to_owned();
                answer.outcomes[at] = Err(ProviderError::OutcomeUnknown { seen });
            }
        }
        answer
    }
}
