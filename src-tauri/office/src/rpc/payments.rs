//! Money that came and went, what it pays, and payment plans.
//!
//! Never does the work of a command: it says which use case does, and who may ask it.

use crate::wire::{balances, common, desk, invoices, payments, plans, returned};

commands! {
    list_payments: payments::ListPayments => payments::PaymentPage,
        Read See [payments exports invoices students], book crate::payments::list_payments;
    find_payment: payments::PaymentRequest => payments::PaymentView,
        Read See [payments exports invoices students], book crate::payments::find_payment;
    payment_form: payments::PaymentForm => payments::PaymentFormView,
        Read See [payments invoices students], book crate::paying::payment_form;
    check_shares: payments::CheckShares => payments::SharesChecked,
        Read See [payments invoices students], book crate::paying::check_shares;
    record_payment: payments::RecordPayment => payments::PaymentView,
        Write Work [payments invoices students exports], book crate::paying::record_payment;
    use_credit: payments::UseCredit => balances::AccountView,
        Write Work [payments invoices students exports], book crate::paying::use_credit;
    find_by_reference: returned::FindByReference => returned::ReferenceHits,
        Read See [invoices students payments], book crate::payments::find_by_reference;
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
        Write GiveUp [payments invoices students exports],
        book crate::writing_off::write_off_invoice;
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
    plan_paper: plans::PlanPaper => common::MadeFile,
        Read See [], book crate::plans::plan_paper;
}
