//! The QuickBooks simulator, judged by its rules, the official schema and a foreign client.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod desk;
mod foreign;
mod identity;
mod money_rules;
mod name_rules;
mod official_schema;
mod query_rules;
mod traffic_rules;
