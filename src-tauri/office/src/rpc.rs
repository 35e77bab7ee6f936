//! The one list of commands, and the router that serves window, terminal and test alike.
//!
//! Never does the work of a command: each line names the use case that does.

use crate::wire::{
    balances, common, connections, credits, desk, exports, imports, invoices, mapping, payments,
    search, services, students,
};

/// Lists every command with its request and its answer; writes the TypeScript schema.
macro_rules! commands {
    ($($name:ident: $request:ty => $answer:ty;)+) => {
        /// Every command's request and answer, for the generated TypeScript schema.
        #[derive(ts_rs::TS)]
        #[ts(export)]
        #[allow(dead_code)]
        pub struct RpcSchema {
            $($name: Command<$request, $answer>,)+
        }

        /// The names of all commands.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

/// A command's two sides.
#[derive(ts_rs::TS)]
#[ts(export)]
#[allow(dead_code)]
pub struct Command<Request, Response> {
    request: Request,
    response: Response,
}

commands! {
    desk_status: common::Nothing => desk::DeskStatus;
    country_defaults: desk::CountryRequest => desk::CountryDefaults;
    create_school: desk::CreateSchool => desk::DeskStatus;
    open_sample_school: desk::OpenSampleSchool => desk::DeskStatus;
    unlock_book: desk::UnlockBook => desk::DeskStatus;
    lock_book: common::Nothing => desk::DeskStatus;
    remove_sample_school: common::Nothing => desk::DeskStatus;
    school_tables: common::Nothing => desk::SchoolTables;
    verify_book: common::Nothing => desk::VerifyReport;
    home: common::Nothing => balances::HomeView;
    search: search::Search => search::SearchView;

    list_students: students::ListStudents => students::StudentPage;
    find_student: students::StudentRequest => students::StudentView;
    register_student: students::RegisterStudent => students::StudentView;
    change_student: students::ChangeStudent => students::StudentView;
    student_account: balances::StudentAccount => balances::AccountView;

    list_services: services::ListServices => services::ServiceList;
    save_service: services::SaveService => services::ServiceRow;
    import_csv: imports::ImportCsv => imports::ImportReport;

    list_invoices: invoices::ListInvoices => invoices::InvoicePage;
    invoice_counts: invoices::InvoiceFilter => invoices::InvoiceCounts;
    price_draft: invoices::DraftInput => invoices::DraftView;
    save_draft: invoices::DraftInput => invoices::DraftView;
    find_draft: invoices::DraftRequest => invoices::DraftView;
    delete_draft: invoices::DraftRequest => common::Nothing;
    issue_invoice: invoices::IssueInvoice => invoices::InvoiceView;
    find_invoice: invoices::InvoiceRequest => invoices::InvoiceView;
    preview_credit: credits::CreditInvoice => credits::CreditPreview;
    credit_invoice: credits::CreditInvoice => credits::CreditNoteView;
    find_credit_note: credits::CreditNoteRequest => credits::CreditNoteView;
    paper: invoices::PaperRequest => common::MadeFile;
    merged_paper: invoices::MergedPaperRequest => common::MadeFile;

    list_payments: payments::ListPayments => payments::PaymentPage;
    find_payment: payments::PaymentRequest => payments::PaymentView;
    payment_form: payments::PaymentForm => payments::PaymentFormView;
    check_shares: payments::CheckShares => payments::SharesChecked;
    record_payment: payments::RecordPayment => payments::PaymentView;
    use_credit: payments::UseCredit => balances::AccountView;
    ageing: balances::AgeingRequest => balances::AgeingView;

    connections: common::Nothing => connections::ConnectionsView;
    start_sign_in: connections::StartSignIn => connections::SignInStarted;
    sign_in_status: connections::SignInRequest => connections::SignInView;
    choose_company: connections::ChooseCompany => connections::SignInView;
    cancel_sign_in: connections::SignInRequest => common::Nothing;
    check_connection: connections::ConnectionRequest => connections::ConnectionView;
    refresh_reference_data: connections::ConnectionRequest => mapping::MappingView;
    disconnect: connections::ConnectionRequest => connections::ConnectionsView;
    mapping: mapping::MappingRequest => mapping::MappingView;
    save_mapping: mapping::SaveMapping => mapping::MappingSaved;

    export_status: common::Nothing => exports::ExportStatus;
    start_export: exports::StartExport => exports::ExportStatus;
    list_exports: exports::ListExports => exports::ExportPage;
    find_export: exports::ExportRequest => exports::ExportDetail;
    export_causes: common::Nothing => exports::CausesView;
    cause_records: exports::CauseRequest => exports::CauseRecords;
    retry_exports: exports::RetryExports => exports::Released;
    export_candidates: exports::ExportRequest => exports::Candidates;
    link_export: exports::LinkExport => exports::ExportDetail;
    settle_exports: exports::SettleExport => exports::Released;
    reconcile: exports::ReconcileRequest => exports::ReconcileView;
    export_csv: imports::ExportCsv => imports::ExportCsvView;
}
