//! Accounting systems: connections, mappings, exports and their mending.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{
    booking_rules, common, connections, exports, health, incoming, mapping, provider_reports,
    reconcile,
};

commands! {
    connections: common::Nothing => connections::ConnectionsView,
        Read See [connections exports mapping], book crate::connecting::connections;
    start_sign_in: connections::StartSignIn => connections::SignInStarted,
        Write Connect [], book crate::connecting::start_sign_in;
    sign_in_status: connections::SignInRequest => connections::SignInView,
        Read Connect [connections], book crate::connecting::sign_in_status;
    finish_sign_in: connections::FinishSignIn => connections::SignInView,
        Write Connect [connections], book crate::connecting::finish_sign_in;
    choose_company: connections::ChooseCompany => connections::SignInView,
        Write Connect [connections exports mapping invoices],
        book crate::connecting::choose_company;
    cancel_sign_in: connections::SignInRequest => common::Nothing,
        Write Connect [connections], book crate::connecting::cancel_sign_in;
    check_connection: connections::ConnectionRequest => connections::ConnectionView,
        Write Connect [connections], book crate::connecting::check_connection;
    connect_folder: connections::ConnectFolder => connections::ConnectionView,
        Write Connect [connections exports mapping invoices],
        book crate::connecting::connect_folder;
    disconnect: connections::ConnectionRequest => connections::ConnectionsView,
        Write Connect [connections exports mapping invoices], book crate::connecting::disconnect;
    choose_booking: connections::ChooseBooking => connections::ConnectionView,
        Write Connect [connections exports mapping invoices],
        book crate::connecting::choose_booking;
    connection_schedule: connections::ConnectionRequest => connections::ConnectionSchedule,
        Read See [connections exports], book crate::connecting::connection_schedule;
    save_connection_schedule:
        connections::SaveConnectionSchedule => connections::ConnectionSchedule,
        Write Connect [connections], book crate::connecting::save_connection_schedule;
    connection_attachments: connections::ConnectionRequest => connections::ConnectionAttachments,
        Read See [connections], book crate::connecting::connection_attachments;
    save_connection_attachments:
        connections::SaveConnectionAttachments => connections::ConnectionAttachments,
        Write Connect [connections exports], book crate::connecting::save_connection_attachments;
    refresh_reference_data: connections::ConnectionRequest => mapping::MappingView,
        Write Connect [mapping connections exports], book crate::mapping::refresh_reference_data;
    mapping: mapping::MappingRequest => mapping::MappingView,
        Read See [mapping services exports connections], book crate::mapping::mapping;
    save_mapping: mapping::SaveMapping => mapping::MappingSaved,
        Write Connect [mapping connections exports invoices], book crate::mapping::save_mapping;
    mapping_rules: mapping::MappingRequest => booking_rules::MappingRulesView,
        Read Connect [mapping services exports connections], book crate::mapping::mapping_rules;
    save_mapping_rules: booking_rules::SaveMappingRules => booking_rules::MappingRulesSaved,
        Write Connect [mapping connections exports invoices],
        book crate::mapping::save_mapping_rules;
    mapping_versions: mapping::MappingVersionsRequest => mapping::MappingVersions,
        Read Connect [mapping], book crate::mapping::mapping_versions;
    roll_back_mapping: mapping::RollBackMapping => mapping::MappingRolledBack,
        Write Connect [mapping connections exports invoices],
        book crate::mapping::roll_back_mapping;
    rehearse_mapping: mapping::RehearseMapping => mapping::RehearsalView,
        Read Connect [mapping exports connections invoices], book crate::mapping::rehearse_mapping;
    export_status: common::Nothing => exports::ExportStatus,
        Read See [exports connections], book crate::exporting::export_status;
    export_health: common::Nothing => health::ExportHealth,
        Read Export [exports connections mapping], book crate::health::export_health;
    export_quality: common::Nothing => health::ExportQuality,
        Read Export [connections mapping students payers invoices payments],
        book crate::health::export_quality;
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
    support_report: exports::SupportReportRequest => exports::SupportReport,
        Read Export [exports], book crate::exporting::support_report;
    give_cause: exports::GiveCause => common::Nothing,
        Write Export [exports], book crate::exporting::give_cause;
    retry_exports: exports::RetryExports => exports::Released,
        Write Export [exports connections invoices], book crate::exporting::retry_exports;
    export_candidates: exports::ExportRequest => exports::Candidates,
        Read Connect [exports], book crate::exporting::export_candidates;
    link_export: exports::LinkExport => exports::ExportDetail,
        Write Connect [exports connections invoices payments], book crate::exporting::link_export;
    settle_exports: exports::SettleExport => exports::Released,
        Write Connect [exports connections invoices payments],
        book crate::exporting::settle_exports;
    reconciliation: reconcile::ReconciliationRequest => reconcile::Reconciliation,
        Read Connect [reconciliation exports connections invoices payments],
        book crate::reconcile::reconciliation;
    read_reconciliation: reconcile::ReconciliationRequest => reconcile::Reconciliation,
        Write Connect [reconciliation connections], book crate::reconcile::read_reconciliation;
    accept_difference: reconcile::AcceptDifference => reconcile::Reconciliation,
        Write Connect [reconciliation], book crate::reconcile::accept_difference;
    send_again: reconcile::SendAgain => reconcile::Reconciliation,
        Write Connect [reconciliation exports connections],
        book crate::reconcile::send_again;
    sign_off_period: reconcile::SignOffPeriod => reconcile::Reconciliation,
        Write Connect [reconciliation], book crate::reconcile::sign_off_period;
    conflicts: common::Nothing => incoming::ConflictsView,
        Read See [conflicts connections], book crate::incoming::conflicts;
    read_changes: incoming::ReadChanges => incoming::ConflictsView,
        Write Connect [conflicts connections exports invoices payments students],
        book crate::incoming::read_changes;
    decide_conflict: incoming::DecideConflict => incoming::ConflictsView,
        Write Connect [conflicts exports invoices payments students],
        book crate::incoming::decide_conflict;
    provider_reports: provider_reports::ProviderReportsRequest =>
        provider_reports::ProviderReports,
        Read Connect [provider_reports connections], book crate::provider_reports::provider_reports;
    provider_report: provider_reports::ProviderReportRequest =>
        provider_reports::ProviderReportView,
        Read Connect [provider_reports exports mapping], book crate::provider_reports::provider_report;
    read_provider_report: provider_reports::ReadProviderReport =>
        provider_reports::ProviderReportView,
        Write Connect [provider_reports connections],
        book crate::provider_reports::read_provider_report;
    provider_report_file: provider_reports::ProviderReportFile => common::MadeFile,
        Read Connect [], book crate::provider_reports::provider_report_file;
}
