//! Use cases through the router, as window and terminal ask for them.

mod issue;
