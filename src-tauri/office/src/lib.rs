//! What the office does: use cases, permissions, the export engine, and the types on the wire.
//!
//! Never names Tauri, writes SQL or speaks a provider's dialect.

pub mod fault;
pub mod rpc;
pub mod wire;

pub use fault::{Code, Fault};
