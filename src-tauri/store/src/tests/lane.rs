//! Transactions that nobody waits for: a window that is closed, a run that is stopped.

use super::*;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Starts something, gives the database time to do it, and never hears of it; true where it was not
/// done at once.
async fn left_alone<F: Future>(future: F) -> bool {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let is_pending = matches!(future.as_mut().poll(&mut context), Poll::Pending);
    tokio::time::sleep(Duration::from_millis(30)).await;
    is_pending
}

/// The database answers from a thread of its own, at times before it is first asked.
const TRIES: usize = 100;

#[tokio::test]
async fn a_commit_nobody_waited_for_leaves_the_next_transaction_its_roll_back() {
    let book = Book::new().await;
    let mut left = 0;
    for _ in 0..TRIES {
        left += usize::from(left_alone(book.store.begin().await.expect("begun").commit()).await);
        drop(book.store.begin().await.expect("begun, and given up"));
        let tx = book.store.begin().await.expect("the one given up is over");
        tx.commit().await.expect("committed");
        if left == 3 {
            return;
        }
    }
    panic!("every commit was answered at once");
}

#[tokio::test]
async fn a_beginning_nobody_waited_for_is_undone() {
    let book = Book::new().await;
    let mut left = 0;
    for _ in 0..TRIES {
        left += usize::from(left_alone(book.store.begin()).await);
        let tx = book.store.begin().await.expect("the one left alone is over");
        tx.commit().await.expect("committed");
        drop(book.store.begin().await.expect("begun, and given up"));
        if left == 3 {
            return;
        }
    }
    panic!("every beginning was answered at once");
}
