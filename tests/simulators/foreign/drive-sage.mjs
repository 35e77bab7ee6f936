// Drives a running simulator through swagger-client, led by Sage's own description of its API, and
// checks every answer. Usage: node drive-sage.mjs BASE_URL ACCESS_TOKEN BUSINESS_ID DESCRIPTION
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import SwaggerClient from 'swagger-client';

const [baseUrl, accessToken, business, description] = process.argv.slice(2);
const spec = JSON.parse(readFileSync(description, 'utf8'));
spec.host = new URL(baseUrl).host;
spec.schemes = ['http'];
const client = await new SwaggerClient({ spec });

// The description names no operations: each is called by its path and verb.
const call = async (pathName, method, parameters = {}) => {
  const answer = await client.execute({
    pathName,
    method,
    parameters,
    requestInterceptor: (request) => {
      request.headers.Authorization = `Bearer ${accessToken}`;
      request.headers['X-Business'] = business;
      return request;
    },
  });
  return answer.body;
};
const refused = (promise, status, code) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.status, status);
    assert.equal(error.response.body[0].$dataCode, code);
    return true;
  });

const accounts = await call('/ledger_accounts', 'get', { visible_in: 'sales', attributes: 'nominal_code' });
const sales = accounts.$items.find((account) => account.nominal_code === 4000);
const rates = await call('/tax_rates', 'get', { attributes: 'percentage' });
assert.ok(rates.$items.some((rate) => rate.id === 'GB_STANDARD' && rate.percentage === 20));
const bank = (await call('/bank_accounts', 'get')).$items[0];
const settings = await call('/financial_settings', 'get');
assert.equal(settings.base_currency.id, 'GBP');

const ann = await call('/contacts', 'post', {
  Contacts: { contact: { name: 'Ann Learner', contact_type_ids: ['CUSTOMER'], reference: '1042' } },
});
assert.equal(ann.displayed_as, 'Ann Learner (1042)');
const found = await call('/contacts', 'get', { search: '1042', contact_type_id: 'CUSTOMER' });
assert.deepEqual([found.$total, found.$items[0].id], [1, ann.id]);

const line = {
  description: 'Driving lesson',
  ledger_account_id: sales.id,
  quantity: 1,
  unit_price: 45,
  tax_rate_id: 'GB_STANDARD',
  tax_amount: 9,
};
const sale = (reference, more) => ({ contact_id: ann.id, date: '2026-11-20', reference, ...more });

const draft = await call('/sales_invoices', 'post', {
  SalesInvoices: { sales_invoice: sale('F-1', { status_id: 'DRAFT', invoice_lines: [line] }) },
});
assert.equal(draft.invoice_number, 'SI-DRAFT');
const invoice = await call('/sales_invoices/{key}/release', 'post', { key: draft.id });
assert.deepEqual([invoice.status.id, invoice.total_amount], ['UNPAID', 54]);
await refused(
  call('/sales_invoices', 'post', {
    SalesInvoices: {
      sales_invoice: sale('F-2', { invoice_lines: [{ ...line, ledger_account_id: 'no-such-account' }] }),
    },
  }),
  404,
  'RecordNotFound',
);

const note = await call('/sales_credit_notes', 'post', {
  SalesCreditNotes: { sales_credit_note: sale('C-1', { credit_note_lines: [line] }) },
});
const allocated = (artefact, amount) => ({ artefact_id: artefact.id, amount });
const allocation = await call('/contact_allocations', 'post', {
  ContactAllocations: {
    contact_allocation: {
      transaction_type_id: 'CUSTOMER_ALLOCATION',
      contact_id: ann.id,
      date: '2026-11-20',
      allocated_artefacts: [allocated(invoice, 12), allocated(note, -12)],
    },
  },
});
assert.equal(allocation.allocated_artefacts.length, 2);

const payment = await call('/contact_payments', 'post', {
  ContactPayments: {
    contact_payment: {
      transaction_type_id: 'CUSTOMER_RECEIPT',
      contact_id: ann.id,
      bank_account_id: bank.id,
      date: '2026-11-20',
      total_amount: 42,
      reference: 'pay-1',
      allocated_artefacts: [allocated(invoice, 42)],
    },
  },
});
assert.equal(payment.allocated_artefacts[0].amount, 42);
const paid = await call('/sales_invoices/{key}', 'get', { key: invoice.id, show_payments_allocations: true });
assert.deepEqual([paid.status.id, paid.outstanding_amount], ['PAID', 0]);
assert.equal(paid.payments_allocations.length, 2);

const wrong = await call('/sales_invoices', 'post', {
  SalesInvoices: { sales_invoice: sale('F-3', { invoice_lines: [line] }) },
});
await refused(call('/sales_invoices/{key}', 'delete', { key: wrong.id }), 422, 'RecordInvalid');
const voided = await call('/sales_invoices/{key}', 'delete', { key: wrong.id, void_reason: 'made by mistake' });
assert.equal(voided.status.id, 'VOID');

const day = { from_date: '2026-11-20', to_date: '2026-11-20', attributes: 'status,total_amount' };
const listed = await call('/sales_invoices', 'get', { ...day, items_per_page: 1 });
assert.deepEqual([listed.$total, listed.$items.length, listed.$next !== null], [2, 1, true]);

// What was posted on an account: the invoice that was voided is told as deleted.
const posted = await call('/ledger_entries', 'get', {
  from_date: '2026-11-20',
  to_date: '2026-11-20',
  ledger_account_id: sales.id,
  attributes: 'credit,debit,deleted,transaction',
});
const counted = posted.$items.filter((entry) => !entry.deleted);
assert.deepEqual(
  counted.map((entry) => [entry.debit, entry.credit]),
  [[0, 45], [45, 0]],
);
assert.equal(posted.$total, 3);
console.log('swagger-client: every step answered as expected');
