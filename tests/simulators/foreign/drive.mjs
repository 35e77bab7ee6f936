// Drives a running simulator through xero-node, the client Xero publishes, and checks every answer.
// Usage: node drive.mjs BASE_URL ACCESS_TOKEN TENANT_ID
import assert from 'node:assert/strict';
import { XeroClient } from 'xero-node';

const [baseUrl, accessToken, tenantId] = process.argv.slice(2);
const client = new XeroClient({ clientId: 'foreign', clientSecret: 'none', redirectUris: [], scopes: [] });
client.accountingApi.basePath = `${baseUrl}/api.xro/2.0`;
client.setTokenSet({ access_token: accessToken, token_type: 'Bearer' });
const api = client.accountingApi;

const organisations = (await api.getOrganisations(tenantId)).body.organisations;
assert.equal(organisations[0].baseCurrency, 'GBP');
const accounts = (await api.getAccounts(tenantId)).body.accounts;
assert.ok(accounts.some((account) => account.code === '200' && account.type === 'REVENUE'));
const taxRates = (await api.getTaxRates(tenantId)).body.taxRates;
assert.ok(taxRates.some((rate) => rate.taxType === 'OUTPUT2' && rate.effectiveRate === 20));

const contacts = (
  await api.createContacts(tenantId, { contacts: [{ name: 'Ann Learner' }, { name: 'Bob Learner' }] })
).body.contacts;
assert.equal(contacts.length, 2);
const contact = { contactID: contacts[0].contactID };
await assert.rejects(
  api.createContacts(tenantId, { contacts: [{ name: 'Ann Learner' }] }, true),
  (error) => /already assigned to another contact/.test(String(error)),
);

const invoice = (invoiceNumber, unitAmount, accountCode = '200') => ({
  type: 'ACCREC',
  contact,
  invoiceNumber,
  reference: `key-${invoiceNumber}`,
  date: '2026-11-20',
  dueDate: '2026-12-04',
  lineAmountTypes: 'Exclusive',
  status: 'AUTHORISED',
  lineItems: [{ description: 'Driving lesson', quantity: 1, unitAmount, accountCode, taxType: 'OUTPUT2' }],
});

// A batch with one bad element: the good ones are made, the bad one says why.
const batch = { invoices: [invoice('F-1', 45), invoice('F-2', 45, '999'), invoice('F-3', 10.01)] };
const made = (await api.createInvoices(tenantId, batch, false, 4, 'foreign-key-1')).body.invoices;
assert.deepEqual(made.map((it) => it.statusAttributeString), ['OK', 'ERROR', 'OK']);
assert.match(made[1].validationErrors[0].message, /'999' is not a valid code/);
assert.equal(made[0].total, 54);
assert.equal(made[2].totalTax, 2);
assert.equal(new Date(made[0].dueDate).toISOString().slice(0, 10), '2026-12-04');

// The same key replays the first answer.
const again = (await api.createInvoices(tenantId, batch, false, 4, 'foreign-key-1')).body.invoices;
assert.equal(again[0].invoiceID, made[0].invoiceID);

const notes = (
  await api.createCreditNotes(tenantId, {
    creditNotes: [{ ...invoice('unused', 10), type: 'ACCRECCREDIT', creditNoteNumber: 'FC-1' }],
  })
).body.creditNotes;
assert.equal(notes[0].remainingCredit, 12);
const allocations = (
  await api.createCreditNoteAllocation(tenantId, notes[0].creditNoteID, {
    allocations: [{ amount: 12, date: '2026-11-20', invoice: { invoiceID: made[0].invoiceID } }],
  })
).body.allocations;
assert.equal(allocations[0].amount, 12);

const payments = (
  await api.createPayments(tenantId, {
    payments: [
      { invoice: { invoiceID: made[0].invoiceID }, account: { code: '090' }, date: '2026-11-20', amount: 42 },
    ],
  })
).body.payments;
assert.equal(payments[0].invoice.status, 'PAID');

const listed = (
  await api.getInvoices(tenantId, undefined, 'Status=="PAID"', 'InvoiceNumber ASC', undefined, ['F-1', 'F-3'], undefined, undefined, 1)
).body;
assert.deepEqual(listed.invoices.map((it) => it.invoiceNumber), ['F-1']);
assert.equal(listed.invoices[0].amountDue, 0);
assert.equal(listed.invoices[0].amountCredited, 12);

// What is bought: a bill may bear a number that another has, an order may not; both can be taken back.
const tyres = [{ description: 'Tyres', quantity: 1, unitAmount: 50, accountCode: '449', taxType: 'INPUT2' }];
const bought = { contact, date: '2026-11-20', lineAmountTypes: 'Exclusive', lineItems: tyres };
const bill = { ...bought, type: 'ACCPAY', invoiceNumber: 'R-7', dueDate: '2026-12-04', status: 'AUTHORISED' };
const bills = (await api.createInvoices(tenantId, { invoices: [bill, bill] }, false, 4)).body.invoices;
assert.deepEqual(bills.map((it) => [it.statusAttributeString, it.total]), [['OK', 60], ['OK', 60]]);
const voided = { invoices: [{ invoiceID: bills[1].invoiceID, status: 'VOIDED' }] };
const gone = (await api.updateInvoice(tenantId, bills[1].invoiceID, voided)).body.invoices[0];
assert.equal(gone.status, 'VOIDED');
const order = { ...bought, purchaseOrderNumber: 'FO-1', reference: 'key-FO-1', status: 'AUTHORISED' };
const ordered = (await api.createPurchaseOrders(tenantId, { purchaseOrders: [order, order] }, false)).body;
assert.deepEqual(ordered.purchaseOrders.map((it) => it.statusAttributeString), ['OK', 'ERROR']);
const days = [undefined, undefined, '2026-11-20', '2026-11-20'];
const orders = (await api.getPurchaseOrders(tenantId, ...days)).body.purchaseOrders;
assert.deepEqual(orders.map((it) => [it.purchaseOrderNumber, it.total]), [['FO-1', 60]]);
const spent = { ...bought, type: 'SPEND', reference: 'key-S-1', bankAccount: { code: '090' } };
const spends = (await api.createBankTransactions(tenantId, { bankTransactions: [spent] }, false, 4)).body;
const { bankTransactionID } = spends.bankTransactions[0];
const taken = { bankTransactions: [{ ...spent, lineItems: [], bankTransactionID, status: 'DELETED' }] };
const deleted = (await api.updateBankTransaction(tenantId, bankTransactionID, taken)).body;
assert.equal(deleted.bankTransactions[0].status, 'DELETED');
console.log('xero-node: every step answered as expected');
