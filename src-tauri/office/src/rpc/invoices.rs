//! Invoices, drafts, recurring ones and credit notes.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{common, credits, invoices, recurring};

commands! {
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
    paper: invoices::PaperRequest => common::MadeFile,
        Read See [invoices exports], book crate::papers::paper;
    merged_paper: invoices::MergedPaperRequest => common::MadeFile,
        Read See [], book crate::papers::merged_paper;
}
