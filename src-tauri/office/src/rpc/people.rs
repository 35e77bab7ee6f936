//! Whom and what a school has: students, payers, services, rates, and files read in.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{balances, common, desk, exchange, imports, leaving, payers, services, students};

commands! {
    list_students: students::ListStudents => students::StudentPage,
        Read See [students invoices payments], book crate::students::list_students;
    find_student: students::StudentRequest => students::StudentView,
        Read See [students invoices payments], book crate::students::find_student;
    register_student: students::RegisterStudent => students::StudentView,
        Write Work [students], book crate::students::register_student;
    change_student: students::ChangeStudent => students::StudentView,
        Write Work [students invoices payments], book crate::students::change_student;
    list_payers: payers::ListPayers => payers::PayerPage,
        Read See [payers invoices payments students], book crate::payers::list_payers;
    find_payer: payers::PayerRequest => payers::PayerView,
        Read See [payers students invoices payments], book crate::payers::find_payer;
    save_payer: payers::SavePayer => payers::PayerView,
        Write Work [payers invoices], book crate::payers::save_payer;
    student_payers: payers::StudentPayersRequest => payers::StudentPayers,
        Read See [payers students], book crate::payers::student_payers;
    save_student_payers: payers::SaveStudentPayers => payers::StudentPayers,
        Write Work [payers charges invoices], book crate::payers::save_student_payers;
    save_terms: payers::SaveTerms => desk::SchoolTables,
        Write SetUp [school], book crate::payers::save_terms;
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
        Write Work [payments invoices students exports imports],
        book crate::importing::import_payments;
    refused_rows: imports::RefusedRows => common::MadeFile,
        Read Work [], book crate::importing::refused_rows;
    import_mappings: common::Nothing => imports::ImportMappings,
        Read Work [imports], book crate::importing::import_mappings;
    forget_import_mapping: imports::ForgetImportMapping => common::Nothing,
        Write Price [imports], book crate::importing::forget_import_mapping;
    list_imports: common::Nothing => imports::ImportList,
        Read See [imports], book crate::importing::list_imports;
    find_import: imports::ImportRequest => imports::ImportDetail,
        Read See [imports students services invoices payments charges],
        book crate::importing::find_import;
    preview_taking_back: imports::PreviewTakingBack => imports::TakingBack,
        Read See [imports students services invoices payments charges reminders],
        book crate::importing::preview_taking_back;
    take_back_import: imports::TakeBackImport => imports::ImportDetail,
        Write GiveUp [imports students services mapping invoices payments charges exports],
        book crate::importing::take_back_import;
}
