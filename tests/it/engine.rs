//! The export engine against the simulated Xero: whatever the wire does, every record arrives once.

mod changes;
mod faults;
mod flow;
mod folder;
mod limits;
mod undone;

use support::engine::{Bench, HERE, with_dead_token, xero};
