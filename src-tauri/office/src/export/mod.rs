//! The export engine: what the book holds reaches every connected accounting system, once.
//!
//! Never calls a system inside a transaction, never sends what is not written down first, and
//! never guesses about an answer that did not come: it looks.
//!
//! [`state`] says which state follows which; [`build`] makes what is sent out of mapped [`codes`], for
//! which [`ruled`] gathers what rules ask about;
//! [`run`], `claim`, `send` and `lookup` carry it out; [`verdict`] judges answers; [`engine`] keeps
//! one run per connection, and [`scribe`] writes for all of them.

pub mod agreement;
mod attach;
pub mod breaker;
pub mod build;
pub mod cause;
mod claim;
pub mod codes;
mod confirm;
pub mod currency;
pub(crate) mod customer;
pub mod driver;
pub mod engine;
mod fields;
pub mod files;
mod gap;
pub(crate) mod journals;
pub(crate) mod kept;
pub mod key;
mod last_call;
mod lookup;
mod money;
pub mod pace;
pub mod pacer;
pub mod ruled;
pub mod run;
pub mod scribe;
pub(crate) mod send;
pub mod state;
pub mod tally;
pub mod timer;
pub mod verdict;

pub use driver::{Driver, FixedToken, PushDriver};
pub use engine::{Engine, EngineSetup, RunOutcome};
pub use pace::{Dice, Pace, SystemDice};
pub use run::{Halt, Reach};
pub use tally::Tally;
pub use timer::{SystemTimer, Timer};
