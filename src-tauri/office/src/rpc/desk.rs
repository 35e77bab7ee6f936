//! The desk itself: its schools, who signs in, the audit trail, lists and search.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{audit, balances, common, desk, lists, search, users};

commands! {
    desk_status: common::Nothing => desk::DeskStatus,
        Read Enter [desk], desk crate::opening::desk_status;
    desk_schools: common::Nothing => desk::DeskSchools,
        Read Enter [desk], desk crate::opening::desk_schools;
    choose_school: desk::ChooseSchool => desk::DeskStatus,
        Write Enter [everything], desk crate::opening::choose_school;
    country_defaults: desk::CountryRequest => desk::CountryDefaults,
        Read Enter [], desk crate::opening::country_defaults;
    create_school: desk::CreateSchool => desk::DeskStatus,
        Write SetUp [everything], desk crate::opening::create_school;
    open_sample_school: desk::OpenSampleSchool => desk::DeskStatus,
        Write SetUp [everything], desk crate::opening::open_sample_school;
    unlock_book: desk::UnlockBook => desk::DeskStatus,
        Write Enter [everything], desk crate::opening::unlock_book;
    lock_book: common::Nothing => desk::DeskStatus,
        Write Enter [everything], desk crate::opening::lock_book;
    remove_sample_school: common::Nothing => desk::DeskStatus,
        Write SetUp [everything], desk crate::opening::remove_sample_school;
    sign_in: users::SignIn => desk::DeskStatus,
        Write Enter [everything], desk crate::signing::sign_in;
    sign_out: common::Nothing => desk::DeskStatus,
        Write Enter [desk], desk crate::signing::sign_out;
    lock_session: common::Nothing => desk::DeskStatus,
        Write Enter [desk], desk crate::signing::lock_session;
    set_idle_lock: users::SetIdleLock => desk::DeskStatus,
        Write SetUp [desk], desk crate::signing::set_idle_lock;
    change_password: users::ChangePassword => common::Nothing,
        Write See [], desk crate::signing::change_password;
    list_users: common::Nothing => users::UserList,
        Read SetUp [users], book crate::users::list_users;
    save_user: users::SaveUser => users::UserRow,
        Write SetUp [users desk], desk crate::users::save_user;
    reset_password: users::ResetPassword => common::Nothing,
        Write SetUp [users], desk crate::users::reset_password;
    save_department: users::SaveDepartment => desk::DepartmentView,
        Write SetUp [school students invoices], book crate::users::save_department;
    school_tables: common::Nothing => desk::SchoolTables,
        Read See [school], book crate::school::school_tables;
    verify_book: common::Nothing => desk::VerifyReport,
        Read Audit [], book crate::school::verify_book;
    list_audit: audit::ListAudit => audit::AuditPage,
        Read Audit [audit], book crate::auditing::list_audit;
    find_audit_entry: audit::AuditEntryRequest => audit::AuditEntry,
        Read Audit [audit], book crate::auditing::find_audit_entry;
    audit_choices: common::Nothing => audit::AuditChoices,
        Read Audit [audit], book crate::auditing::audit_choices;
    export_audit: audit::ExportAudit => common::MadeFile,
        Read Audit [], book crate::auditing::export_audit;
    home: common::Nothing => balances::HomeView,
        Read See [students invoices payments exports charges], book crate::balances::home;
    search: search::Search => search::SearchView,
        Read See [students invoices payments], book crate::searching::search;
    list_desk: common::Nothing => lists::ListDesk,
        Read See [lists], book crate::saved_views::list_desk;
    save_view: lists::SaveView => lists::ListDesk,
        Write See [lists], book crate::saved_views::save_view;
    delete_view: lists::ViewRequest => lists::ListDesk,
        Write See [lists], book crate::saved_views::delete_view;
    set_list: lists::ListSetup => lists::ListDesk,
        Write See [lists], book crate::saved_views::set_list;
    notice_settings: common::Nothing => desk::NoticeSettings,
        Read See [notices], book crate::notices::notice_settings;
    save_notice_settings: desk::NoticeSettings => desk::NoticeSettings,
        Write See [notices], book crate::notices::save_notice_settings;
    list_csv: lists::ListCsv => common::MadeFile,
        Read Export [], book crate::listing_csv::list_csv;
    print_list: lists::PrintList => common::MadeFile,
        Read Export [], book crate::listing_print::print_list;
    read_amount: lists::ReadAmount => lists::AmountRead,
        Read Enter [], desk crate::saved_views::read_amount;
}
