//! The Xero simulator, judged by its rules, the official schema and a foreign client.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod desk;
mod faulty_wire;
mod foreign;
mod identity;
mod invoice_rules;
mod money_rules;
mod official_schema;
mod process;
mod traffic_rules;
