//! What lessons cost before they are billed, the runs that bill it, and packages.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{charges, common, imports, packages};

commands! {
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
    cancel_run: charges::RunRequest => charges::RunDetail,
        Write Work [charges], book crate::runs::cancel_run;
    list_runs: common::Nothing => charges::RunList,
        Read See [charges], book crate::runs::list_runs;
    find_run: charges::RunRequest => charges::RunDetail,
        Read See [charges mails], book crate::runs::find_run;
    run_paper: charges::RunPaper => common::MadeFile,
        Read See [], book crate::papers::run_paper;
    email_run: charges::EmailRun => charges::RunDetail,
        Write Work [mails], book crate::mailing::email_run;
    settle_invoice_mail: charges::SettleInvoiceMail => charges::RunDetail,
        Write Work [mails], book crate::mailing::settle_invoice_mail;
    student_packages: packages::StudentPackagesRequest => packages::StudentPackages,
        Read See [charges students invoices payments services],
        book crate::packages::student_packages;
    draw_package: packages::DrawPackage => packages::StudentPackages,
        Write Work [charges], book crate::packages::draw_package;
    return_draw: packages::ReturnDraw => packages::StudentPackages,
        Write Work [charges], book crate::packages::return_draw;
    refund_package: packages::RefundPackage => packages::PackageRefunded,
        Write Credit [charges invoices students payments exports],
        book crate::packages::refund_package;
    extend_package: packages::ExtendPackage => packages::StudentPackages,
        Write GiveUp [charges], book crate::packages::extend_package;
    extend_packages: packages::ExtendPackages => packages::PackagesExtended,
        Write GiveUp [charges], book crate::packages::extend_packages;
    list_packages: packages::ListPackages => packages::PackagePage,
        Read See [charges students invoices], book crate::packages::list_packages;
    list_milestones: common::Nothing => packages::MilestoneList,
        Read See [services], book crate::milestones::list_milestones;
    save_milestone: packages::SaveMilestone => packages::MilestoneList,
        Write Price [services], book crate::milestones::save_milestone;
    milestones: packages::MilestonesRequest => packages::MilestoneCheck,
        Read See [charges students payments services invoices], book crate::milestones::milestones;
    override_milestone: packages::OverrideMilestone => packages::MilestoneCheck,
        Write GiveUp [charges], book crate::milestones::override_milestone;
}
