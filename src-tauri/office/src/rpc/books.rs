//! What the books say: ledger, number series, reports, ageing, statements, the debt gate.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{balances, common, desk, gates, imports, ledger, reports, series, statements};

commands! {
    ageing: balances::AgeingRequest => balances::AgeingView,
        Read See [invoices payments students school], book crate::ageing::ageing;
    ledger_chart: common::Nothing => ledger::ChartView,
        Read See [ledger invoices payments reminders], book crate::ledger::ledger_chart;
    save_ledger_account: ledger::SaveAccount => ledger::ChartView,
        Write Connect [ledger], book crate::ledger::save_ledger_account;
    list_journal: ledger::JournalRequest => ledger::JournalPage,
        Read See [ledger invoices payments reminders], book crate::ledger::list_journal;
    journal_of: ledger::JournalOf => ledger::JournalOfView,
        Read See [ledger invoices payments reminders], book crate::ledger::journal_of;
    trial_balance: ledger::TrialBalanceRequest => ledger::TrialBalanceView,
        Read See [ledger invoices payments reminders], book crate::ledger::trial_balance;
    export_ledger: ledger::ExportLedger => common::MadeFile,
        Read Export [], book crate::ledger::export_ledger;
    number_series: common::Nothing => series::SeriesView,
        Read Audit [series invoices], book crate::numbering::number_series;
    save_series_rule: series::SaveSeriesRule => series::SeriesView,
        Write SetUp [series invoices], book crate::numbering::save_series_rule;
    export_series: series::ExportSeries => common::MadeFile,
        Read Audit [], book crate::numbering::export_series;
    save_tax_code: ledger::SaveTaxCode => desk::SchoolTables,
        Write Connect [school services invoices], book crate::ledger::save_tax_code;
    revenue: reports::RevenueRequest => reports::RevenueView,
        Read See [invoices services], book crate::reports::revenue;
    debt_over_time: reports::DebtRequest => reports::DebtView,
        Read See [invoices payments], book crate::reports::debt_over_time;
    vat_summary: reports::VatRequest => reports::VatReport,
        Read See [invoices school], book crate::reports::vat_summary;
    takings: reports::TakingsRequest => reports::TakingsView,
        Read See [payments], book crate::reports::takings;
    list_sales: reports::ListSales => reports::SalePage,
        Read See [invoices students], book crate::reports::list_sales;
    list_takings: reports::ListTakings => reports::TakingPage,
        Read See [payments students], book crate::reports::list_takings;
    report_file: reports::ReportFile => common::MadeFile,
        Read See [], book crate::reports::report_file;
    recent_activity: common::Nothing => reports::RecentView,
        Read See [invoices payments students], book crate::reports::recent_activity;
    ageing_items: balances::AgeingItemsRequest => balances::AgeingItems,
        Read See [invoices payments students school], book crate::ageing::ageing_items;
    ageing_by_payer: balances::AgeingRequest => balances::AgeingByPayer,
        Read See [invoices payments students payers school], book crate::ageing::ageing_by_payer;
    save_ageing_buckets: balances::SaveAgeingBuckets => desk::SchoolTables,
        Write SetUp [school], book crate::school::save_ageing_buckets;
    statement: statements::StatementRequest => statements::StatementView,
        Read See [invoices payments students school], book crate::statements::statement;
    payer_statement: statements::PayerStatementRequest => statements::StatementView,
        Read See [invoices payments students payers school],
        book crate::statements::payer_statement;
    statement_file: statements::StatementFile => common::MadeFile,
        Read See [], book crate::statements::statement_file;
    debt_gate: gates::DebtGate => gates::DebtGateView,
        Read See [students invoices payments school], book crate::gates::debt_gate;
    override_debt_gate: gates::OverrideDebtGate => gates::DebtGateView,
        Write LetThrough [students], book crate::gates::override_debt_gate;
    set_driving_test: gates::SetDrivingTest => gates::DebtGateView,
        Write Work [students], book crate::gates::set_driving_test;
    gate_rules: common::Nothing => gates::GateRules,
        Read See [school], book crate::gates::gate_rules;
    save_gate_rule: gates::SaveGateRule => gates::GateRules,
        Write SetUp [school students], book crate::gates::save_gate_rule;
    export_csv: imports::ExportCsv => imports::ExportCsvView,
        Read Export [], book crate::exporting_csv::export_csv;
}
