//! Asking for what is owed, by paper, e-mail and text message.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{common, reminders};

commands! {
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
    check_mail: common::Nothing => common::Nothing,
        Read SetUp [], book crate::mailing::check_mail;
    sms_settings: common::Nothing => reminders::SmsSettings,
        Read See [reminders school], book crate::mailing::sms_settings;
    save_sms_settings: reminders::SaveSmsSettings => reminders::SmsSettings,
        Write SetUp [reminders], book crate::mailing::save_sms_settings;
    try_sms: reminders::TrySms => reminders::SmsTried,
        Read SetUp [], book crate::mailing::try_sms;
}
