//! The export engine against the simulated Xero: whatever the wire does, every record arrives once.
//! What holds for every system stands in `conformance`.

mod changes;
mod faults;
mod folder;
mod limits;
mod telling;
mod undone;

use support::engine::{Bench, HERE, xero};
