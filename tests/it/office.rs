//! Use cases through the router, as window and terminal ask for them.

mod age;
mod audit;
mod balance;
mod charge;
mod credit;
mod desk;
mod draft;
mod import;
mod issue;
mod ledger;
mod package;
mod paper;
mod pay;
mod payers;
mod permission;
mod plan;
mod remind;
mod report;
mod returned;
mod sample;
mod series;
mod surcharge;
mod users;
mod views;
