//! The rules of the product, tested through its public surface: one binary, so one link.

mod bodies;
mod cli;
mod conformance;
mod connecting;
mod crash;
mod engine;
mod exporting;
mod fault_table;
mod incoming;
mod journals;
mod killed;
mod office;
mod qbo_adapter;
mod reconciling;
mod sage_adapter;
mod signing_in;
mod tidy;
mod xero_adapter;
mod xero_purchases;
