//! The one list of commands.
//!
//! Never does the work of a command: each line names the use case that does, what it needs, what
//! the actor must be allowed to do, and the tags under which answers go stale.

#[macro_use]
mod router;
mod scope;
#[cfg(test)]
mod tests;

pub use router::{Answer, Command, Effect, Entry, answer, dispatch};

use crate::actor::Act;
use crate::wire::{
    audit, balances, charges, common, connections, credits, desk, exchange, exports, gates,
    imports, invoices, leaving, ledger, lists, mapping, packages, payers, payments, plans,
    recurring, reminders, reports, returned, search, series, services, statements, students, users,
};
use router::{read, written};

commands! {
    desk_status: common::Nothing => desk::DeskStatus, Read Enter [desk], desk crate::opening::desk_status;
    desk_schools: common::Nothing => desk::DeskSchools, Read Enter [desk], desk crate::opening::desk_schools;
    choose_school: desk::ChooseSchool => desk::DeskStatus,
        Write Enter [desk school students services invoices payments exports connections mapping], desk crate::opening::choose_school;
    country_defaults: desk::CountryRequest => desk::CountryDefaults,
        Read Enter [], desk crate::opening::country_defaults;
    create_school: desk::CreateSchool => desk::DeskStatus,
        Write SetUp [desk school students services invoices payments exports connections mapping], desk crate::opening::create_school;
    open_sample_school: desk::OpenSampleSchool => desk::DeskStatus,
        Write SetUp [desk school students services invoices payments exports connections mapping], desk crate::opening::open_sample_school;
    unlock_book: desk::UnlockBook => desk::DeskStatus,
        Write Enter [desk school students services invoices payments exports connections mapping], desk crate::opening::unlock_book;
    lock_book: common::Nothing => desk::DeskStatus,
        Write Enter [desk school students services invoices payments exports connections mapping], desk crate::opening::lock_book;
    remove_sample_school: common::Nothing => desk::DeskStatus,
        Write SetUp [desk school students services invoices payments exports connections mapping], desk crate::opening::remove_sample_school;
    sign_in: users::SignIn => desk::DeskStatus,
        Write Enter [desk school students services invoices payments exports connections mapping users], desk crate::signing::sign_in;
    sign_out: common::Nothing => desk::DeskStatus, Write Enter [desk], desk crate::signing::sign_out;
    lock_session: common::Nothing => desk::DeskStatus, Write Enter [desk], desk crate::signing::lock_session;
    set_idle_lock: users::SetIdleLock => desk::DeskStatus,
        Write SetUp [desk], desk crate::signing::set_idle_lock;
    change_password: users::ChangePassword => common::Nothing,
        Write See [], desk crate::signing::change_password;
    list_users: common::Nothing => users::UserList, Read SetUp [users], book crate::users::list_users;
    save_user: users::SaveUser => users::UserRow, Write SetUp [users desk], desk crate::users::save_user;
    reset_password: users::ResetPassword => common::Nothing,
        Write SetUp [users], desk crate::users::reset_password;
    save_department: users::SaveDepartment => desk::DepartmentView,
        Write SetUp [school students invoices], book crate::users::save_department;
    school_tables: common::Nothing => desk::SchoolTables, Read See [school], book crate::school::school_tables;
    verify_book: common::Nothing => desk::VerifyReport, Read Audit [], book crate::school::verify_book;
    list_audit: audit::ListAudit => audit::AuditPage, Read Audit [audit], book crate::auditing::list_audit;
    find_audit_entry: audit::AuditEntryRequest => audit::AuditEntry,
        Read Audit [audit], book crate::auditing::find_audit_entry;
    audit_choices: common::Nothing => audit::AuditChoices,
        Read Audit [audit], book crate::auditing::audit_choices;
    export_audit: audit::ExportAudit => common::MadeFile, Read Audit [], book crate::auditing::export_audit;
    home: common::Nothing => balances::HomeView,
        Read See [students invoices payments exports charges], book crate::balances::home;
    search: search::Search => search::SearchView,
        Read See [students invoices payments], book crate::searching::search;
    list_desk: common::Nothing => lists::ListDesk, Read See [lists], book crate::saved_views::list_desk;
    save_view: lists::SaveView => lists::ListDesk, Write See [lists], book crate::saved_views::save_view;
    delete_view: lists::ViewRequest => lists::ListDesk, Write See [lists], book crate::saved_views::delete_view;
    set_list: lists::ListSetup => lists::ListDesk, Write See [lists], book crate::saved_views::set_list;
    list_csv: lists::ListCsv => common::MadeFile, Read Export [], book crate::listing_csv::list_csv;
    print_list: lists::PrintList => common::MadeFile, Read Export [], book crate::listing_print::print_list;
    read_amount: lists::ReadAmount => lists::AmountRead, Read Enter [], desk crate::saved_views::read_amount;

    list_students: students::ListStudents => students::StudentPage,
        Read See [students], book crate::students::list_students;
    find_student: students::StudentRequest => students::StudentView,
        Read See [students], book crate::students::find_student;
    register_student: students::RegisterStudent => students::StudentView,
        Write Work [students], book crate::students::register_student;
    change_student: students::ChangeStudent => students::StudentView,
        Write Work [students invoices payments], book crate::students::change_student;
    list_payers: payers::ListPayers => payers::PayerPage,
        Read See [payers invoices payments], book crate::payers::list_payers;
    find_payer: payers::PayerRequest => payers::PayerView,
        Read See [payers students invoices payments], book crate::payers::find_payer;
    save_payer: payers::SavePayer => payers::PayerView,
        Write Work [payers invoices], book crate::payers::save_payer;
    student_payers: payers::StudentPayersRequest => payers::StudentPayers,
        Read See [payers students], book crate::payers::student_payers;
    save_student_payers: payers::SaveStudentPayers => payers::StudentPayers,
        Write Work [payers charges invoices], book crate::payers::save_student_payers;
    save_terms: payers::SaveTerms => desk::SchoolTables, Write SetUp [school], book crate::payers::save_terms;
    student_erasure: students::StudentRequest => leaving::StudentErasure,
        Read Erase [students invoices payments], book crate::erasing::student_erasure;
    erase_person: leaving::ErasePerson => leaving::StudentErasure,
        Write Erase [students payers invoices payments charges reminders exports lists imports],
        book crate::erasing::erase_person;
    export_person: leaving::ExportPerson => leaving::PersonFiles,
        Read Export [], book crate::handing_out::export_person;
    student_account: balances::StudentAccount => balances::AccountView,
        Read See [students invoices payments], book crate::balances::student_account;

    list_services: services::ListServices => services::ServiceList,
        Read See [services], book crate::services::list_services;
    save_service: services::SaveService => services::ServiceRow,
        Write Price [services mapping], book crate::services::save_service;
    exchange_rates: common::Nothing => exchange::ExchangeRates,
        Read See [school], book crate::exchange::exchange_rates;
    set_exchange_rate: exchange::SetExchangeRate => exchange::ExchangeRates,
        Write SetUp [school invoices], book crate::exchange::set_exchange_rate;
    import_exchange_rates: exchange::ImportExchangeRates => exchange::ExchangeRatesImported,
        Write SetUp [school invoices], book crate::exchange::import_exchange_rates;
    exchange_price: exchange::ExchangePrice => exchange::ExchangedPrice,
        Read See [services school], book crate::exchange::exchange_price;
    look_at_file: imports::LookAtFile => imports::FileLook,
        Read Work [imports], book crate::importing::look_at_file;
    import_csv: imports::ImportCsv => imports::ImportReport,
        Write Price [students services mapping invoices imports], book crate::importing::import_csv;
    import_payments: imports::ImportCsv => imports::ImportReport,
        Write Work [payments invoices students exports imports], book crate::importing::import_payments;
    refused_rows: imports::RefusedRows => common::MadeFile, Read Work [], book crate::importing::refused_rows;
    import_mappings: common::Nothing => imports::ImportMappings,
        Read Work [imports], book crate::importing::import_mappings;
    forget_import_mapping: imports::ForgetImportMapping => common::Nothing,
        Write Price [imports], book crate::importing::forget_import_mapping;

    list_charges: charges::ListCharges => charges::ChargePage,
        Read See [charges students invoices], book crate::charges::list_charges;
    void_charges: charges::VoidCharges => charges::ChargesVoided,
        Write Credit [charges], book crate::charges::void_charges;
    charge_rules: common::Nothing => charges::ChargeRules,
        Read See [charges services], book crate::charges::charge_rules;
    save_charge_rule: charges::SaveChargeRule => charges::ChargeRules,
        Write Price [charges], book crate::charges::save_charge_rule;
    import_bookings: imports::ImportCsv => imports::ImportReport,
        Write Work [charges imports], book crate::importing::import_bookings;
    preview_run: charges::RunWish => charges::RunPreview,
        Read See [charges students services], book crate::billing::preview_run;
    issue_run: charges::IssueRun => charges::RunDetail,
        Write Work [charges invoices students exports], book crate::runs::issue_run;
    continue_run: charges::RunRequest => charges::RunDetail,
        Write Work [charges invoices students exports], book crate::runs::continue_run;
    cancel_run: charges::RunRequest => charges::RunDetail, Write Work [charges], book crate::runs::cancel_run;
    list_runs: common::Nothing => charges::RunList, Read See [charges], book crate::runs::list_runs;
    find_run: charges::RunRequest => charges::RunDetail, Read See [charges mails], book crate::runs::find_run;
    run_paper: charges::RunPaper => common::MadeFile, Read See [], book crate::papers::run_paper;
    email_run: charges::EmailRun => charges::RunDetail, Write Work [mails], book crate::mailing::email_run;
    settle_invoice_mail: charges::SettleInvoiceMail => charges::RunDetail,
        Write Work [mails], book crate::mailing::settle_invoice_mail;

    student_packages: packages::StudentPackagesRequest => packages::StudentPackages,
        Read See [charges students invoices payments services], book crate::packages::student_packages;
    draw_package: packages::DrawPackage => packages::StudentPackages,
        Write Work [charges], book crate::packages::draw_package;
    return_draw: packages::ReturnDraw => packages::StudentPackages,
        Write Work [charges], book crate::packages::return_draw;
    refund_package: packages::RefundPackage => packages::PackageRefunded,
        Write Credit [charges invoices students payments exports], book crate::packages::refund_package;
    list_milestones: common::Nothing => packages::MilestoneList,
        Read See [services], book crate::milestones::list_milestones;
    save_milestone: packages::SaveMilestone => packages::MilestoneList,
        Write Price [services], book crate::milestones::save_milestone;
    milestones: packages::MilestonesRequest => packages::MilestoneCheck,
        Read See [charges students payments services], book crate::milestones::milestones;
    override_milestone: packages::OverrideMilestone => packages::MilestoneCheck,
        Write GiveUp [charges], book crate::milestones::override_milestone;

    list_invoices: invoices::ListInvoices => invoices::InvoicePage,
        Read See [invoices exports], book crate::invoices::list_invoices;
    invoice_counts: invoices::InvoiceFilter => invoices::InvoiceCounts,
        Read See [invoices exports], book crate::invoices::invoice_counts;
    price_draft: invoices::DraftInput => invoices::DraftView,
        Read See [invoices services students], book crate::drafts::price_draft;
    save_draft: invoices::DraftInput => invoices::DraftView,
        Write Work [invoices], book crate::drafts::save_draft;
    find_draft: invoices::DraftRequest => invoices::DraftView,
        Read See [invoices services students], book crate::drafts::find_draft;
    delete_draft: invoices::DraftRequest => common::Nothing,
        Write Work [invoices], book crate::drafts::delete_draft;
    issue_invoice: invoices::IssueInvoice => invoices::InvoiceView,
        Write Work [invoices students exports], book crate::issuing::issue_invoice;
    list_recurring: common::Nothing => recurring::RecurringList,
        Read See [recurring invoices students services], book crate::recurring::list_recurring;
    find_recurring: recurring::RecurringRequest => recurring::RecurringView,
        Read See [recurring invoices students services], book crate::recurring::find_recurring;
    preview_recurring: recurring::SaveRecurring => recurring::RecurringPreview,
        Read See [recurring invoices students services], book crate::recurring::preview_recurring;
    save_recurring: recurring::SaveRecurring => recurring::RecurringView,
        Write Work [recurring], book crate::recurring::save_recurring;
    set_recurring_state: recurring::SetRecurringState => recurring::RecurringView,
        Write Work [recurring], book crate::recurring::set_recurring_state;
    make_recurring: common::Nothing => recurring::RecurringRun,
        Write Work [recurring invoices students exports], book crate::recurring::make_recurring;
    find_invoice: invoices::InvoiceRequest => invoices::InvoiceView,
        Read See [invoices exports], book crate::invoices::find_invoice;
    preview_credit: credits::CreditInvoice => credits::CreditPreview,
        Read See [invoices students], book crate::crediting::preview_credit;
    credit_invoice: credits::CreditInvoice => credits::CreditNoteView,
        Write Credit [invoices students payments exports], book crate::crediting::credit_invoice;
    find_credit_note: credits::CreditNoteRequest => credits::CreditNoteView,
        Read See [invoices exports], book crate::crediting::find_credit_note;
    paper: invoices::PaperRequest => common::MadeFile, Read See [], book crate::papers::paper;
    merged_paper: invoices::MergedPaperRequest => common::MadeFile,
        Read See [], book crate::papers::merged_paper;

    list_payments: payments::ListPayments => payments::PaymentPage,
        Read See [payments exports], book crate::payments::list_payments;
    find_payment: payments::PaymentRequest => payments::PaymentView,
        Read See [payments exports], book crate::payments::find_payment;
    payment_form: payments::PaymentForm => payments::PaymentFormView,
        Read See [payments invoices students], book crate::paying::payment_form;
    check_shares: payments::CheckShares => payments::SharesChecked,
        Read See [payments invoices students], book crate::paying::check_shares;
    record_payment: payments::RecordPayment => payments::PaymentView,
        Write Work [payments invoices students exports], book crate::paying::record_payment;
    use_credit: payments::UseCredit => balances::AccountView,
        Write Work [payments invoices students exports], book crate::paying::use_credit;
    find_by_reference: returned::FindByReference => returned::ReferenceHits,
        Read See [invoices students], book crate::payments::find_by_reference;
    turn_payment: returned::TurnPayment => payments::PaymentView,
        Write Work [payments invoices students exports], book crate::returning::turn_payment;
    reverse_payment: returned::ReversePayment => payments::PaymentView,
        Write Reverse [payments invoices students exports], book crate::returning::reverse_payment;
    release_allocation: returned::ReleaseAllocation => balances::AccountView,
        Write Work [payments invoices students exports], book crate::returning::release_allocation;
    refund_form: returned::RefundForm => returned::RefundFormView,
        Read See [payments invoices students], book crate::refunding::refund_form;
    pay_refund: returned::PayRefund => returned::RefundView,
        Write GiveUp [payments invoices students exports], book crate::refunding::pay_refund;
    find_refund: returned::RefundRequest => returned::RefundView,
        Read See [payments students exports], book crate::refunding::find_refund;
    write_off_invoice: returned::WriteOffInvoice => invoices::InvoiceView,
        Write GiveUp [payments invoices students exports], book crate::writing_off::write_off_invoice;
    save_small_difference: returned::SaveSmallDifference => desk::SchoolTables,
        Write SetUp [school payments], book crate::school::save_small_difference;
    save_payment_method: payments::SavePaymentMethod => desk::SchoolTables,
        Write SetUp [school payments], book crate::methods::save_payment_method;
    list_plans: plans::ListPlans => plans::PlanPage,
        Read See [plans invoices payments students], book crate::plans::list_plans;
    find_plan: plans::PlanRequest => plans::PlanView,
        Read See [plans invoices payments students], book crate::plans::find_plan;
    preview_plan: plans::PlanWish => plans::PlanPreview,
        Read See [plans invoices payments students], book crate::plans::preview_plan;
    agree_plan: plans::PlanWish => plans::PlanView,
        Write Work [plans invoices students reminders], book crate::plans::agree_plan;
    end_plan: plans::EndPlan => plans::PlanView,
        Write Work [plans invoices students reminders], book crate::plans::end_plan;
    plan_paper: plans::PlanPaper => common::MadeFile, Read See [], book crate::plans::plan_paper;
    reminder_plan: common::Nothing => reminders::ReminderPlanView,
        Read See [reminders invoices payments students], book crate::reminders::reminder_plan;
    send_reminders: reminders::SendReminders => reminders::RemindersSent,
        Write Work [reminders invoices], book crate::reminders::send_reminders;
    reminder_paper: reminders::ReminderPaper => common::MadeFile,
        Read See [], book crate::reminders::reminder_paper;
    reminder_text: reminders::PlannedReminder => reminders::SmsLook,
        Read See [reminders invoices students], book crate::reminders::reminder_text;
    list_reminders: reminders::ListReminders => reminders::ReminderPage,
        Read See [reminders students], book crate::reminders::list_reminders;
    settle_reminder: reminders::SettleReminder => reminders::ReminderRow,
        Write Work [reminders invoices], book crate::reminders::settle_reminder;
    reminder_holds: reminders::HoldsRequest => reminders::HoldsView,
        Read See [reminders invoices], book crate::reminders::reminder_holds;
    set_reminder_hold: reminders::SetReminderHold => reminders::HoldsView,
        Write Work [reminders invoices], book crate::reminders::set_reminder_hold;
    reminder_settings: common::Nothing => reminders::ReminderSettings,
        Read See [reminders school], book crate::reminders::reminder_settings;
    save_reminder_settings: reminders::SaveReminderSettings => reminders::ReminderSettings,
        Write SetUp [reminders], book crate::reminders::save_reminder_settings;
    mail_settings: common::Nothing => reminders::MailSettings,
        Read See [reminders school], book crate::mailing::mail_settings;
    save_mail_settings: reminders::SaveMailSettings => reminders::MailSettings,
        Write SetUp [reminders mails], book crate::mailing::save_mail_settings;
    check_mail: common::Nothing => common::Nothing, Read SetUp [], book crate::mailing::check_mail;
    sms_settings: common::Nothing => reminders::SmsSettings,
        Read See [reminders school], book crate::mailing::sms_settings;
    save_sms_settings: reminders::SaveSmsSettings => reminders::SmsSettings,
        Write SetUp [reminders], book crate::mailing::save_sms_settings;
    try_sms: reminders::TrySms => reminders::SmsTried, Read SetUp [], book crate::mailing::try_sms;
    ageing: balances::AgeingRequest => balances::AgeingView,
        Read See [invoices payments students], book crate::balances::ageing;
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
    export_ledger: ledger::ExportLedger => common::MadeFile, Read Export [], book crate::ledger::export_ledger;
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
    takings: reports::TakingsRequest => reports::TakingsView, Read See [payments], book crate::reports::takings;
    list_sales: reports::ListSales => reports::SalePage,
        Read See [invoices students], book crate::reports::list_sales;
    list_takings: reports::ListTakings => reports::TakingPage,
        Read See [payments students], book crate::reports::list_takings;
    report_file: reports::ReportFile => common::MadeFile, Read See [], book crate::reports::report_file;
    recent_activity: common::Nothing => reports::RecentView,
        Read See [invoices payments students], book crate::reports::recent_activity;
    ageing_items: balances::AgeingItemsRequest => balances::AgeingItems,
        Read See [invoices payments students], book crate::balances::ageing_items;
    ageing_by_payer: balances::AgeingRequest => balances::AgeingByPayer,
        Read See [invoices payments students payers], book crate::balances::ageing_by_payer;
    save_ageing_buckets: balances::SaveAgeingBuckets => desk::SchoolTables,
        Write SetUp [school], book crate::school::save_ageing_buckets;
    statement: statements::StatementRequest => statements::StatementView,
        Read See [invoices payments students], book crate::statements::statement;
    payer_statement: statements::PayerStatementRequest => statements::StatementView,
        Read See [invoices payments students payers], book crate::statements::payer_statement;
    statement_file: statements::StatementFile => common::MadeFile,
        Read See [], book crate::statements::statement_file;
    debt_gate: gates::DebtGate => gates::DebtGateView,
        Read See [students invoices payments], book crate::gates::debt_gate;
    override_debt_gate: gates::OverrideDebtGate => gates::DebtGateView,
        Write LetThrough [students], book crate::gates::override_debt_gate;
    set_driving_test: gates::SetDrivingTest => gates::DebtGateView,
        Write Work [students], book crate::gates::set_driving_test;
    gate_rules: common::Nothing => gates::GateRules, Read See [school], book crate::gates::gate_rules;
    save_gate_rule: gates::SaveGateRule => gates::GateRules,
        Write SetUp [school students], book crate::gates::save_gate_rule;
    export_csv: imports::ExportCsv => imports::ExportCsvView,
        Read Export [], book crate::exporting_csv::export_csv;

    connections: common::Nothing => connections::ConnectionsView,
        Read See [connections exports mapping], book crate::connecting::connections;
    start_sign_in: connections::StartSignIn => connections::SignInStarted,
        Write Connect [], book crate::connecting::start_sign_in;
    sign_in_status: connections::SignInRequest => connections::SignInView,
        Read Connect [connections], book crate::connecting::sign_in_status;
    choose_company: connections::ChooseCompany => connections::SignInView,
        Write Connect [connections exports mapping invoices], book crate::connecting::choose_company;
    cancel_sign_in: connections::SignInRequest => common::Nothing,
        Write Connect [connections], book crate::connecting::cancel_sign_in;
    check_connection: connections::ConnectionRequest => connections::ConnectionView,
        Write Connect [connections], book crate::connecting::check_connection;
    connect_folder: connections::ConnectFolder => connections::ConnectionView,
        Write Connect [connections exports mapping invoices], book crate::connecting::connect_folder;
    disconnect: connections::ConnectionRequest => connections::ConnectionsView,
        Write Connect [connections exports mapping invoices], book crate::connecting::disconnect;
    refresh_reference_data: connections::ConnectionRequest => mapping::MappingView,
        Write Connect [mapping connections exports], book crate::mapping::refresh_reference_data;
    mapping: mapping::MappingRequest => mapping::MappingView,
        Read See [mapping services exports], book crate::mapping::mapping;
    save_mapping: mapping::SaveMapping => mapping::MappingSaved,
        Write Connect [mapping connections exports invoices], book crate::mapping::save_mapping;

    export_status: common::Nothing => exports::ExportStatus,
        Read See [exports connections], book crate::exporting::export_status;
    start_export: exports::StartExport => exports::ExportStatus,
        Write Export [exports connections], book crate::exporting::start_export;
    list_exports: exports::ListExports => exports::ExportPage,
        Read See [exports connections], book crate::exporting::list_exports;
    find_export: exports::ExportRequest => exports::ExportDetail,
        Read See [exports mapping], book crate::exporting::find_export;
    export_causes: common::Nothing => exports::CausesView,
        Read See [exports connections mapping], book crate::exporting::export_causes;
    cause_records: exports::CauseRequest => exports::CauseRecords,
        Read See [exports connections mapping], book crate::exporting::cause_records;
    retry_exports: exports::RetryExports => exports::Released,
        Write Export [exports connections invoices], book crate::exporting::retry_exports;
    export_candidates: exports::ExportRequest => exports::Candidates,
        Read Connect [exports], book crate::exporting::export_candidates;
    link_export: exports::LinkExport => exports::ExportDetail,
        Write Connect [exports connections invoices payments], book crate::exporting::link_export;
    settle_exports: exports::SettleExport => exports::Released,
        Write Connect [exports connections invoices payments], book crate::exporting::settle_exports;
    reconcile: exports::ReconcileRequest => exports::ReconcileView,
        Read Connect [exports], book crate::exporting::reconcile;
}
