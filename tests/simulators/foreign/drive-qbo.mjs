// Drives a running simulator through node-quickbooks, the client most Node programs use, and checks
// every answer. Usage: node drive-qbo.mjs BASE_URL ACCESS_TOKEN REFRESH_TOKEN REALM_ID
import assert from 'node:assert/strict';
import QuickBooks from 'node-quickbooks';

const [baseUrl, accessToken, refreshToken, realmId] = process.argv.slice(2);
QuickBooks.V3_ENDPOINT_BASE_URL = `${baseUrl}/v3/company/`;
QuickBooks.TOKEN_URL = `${baseUrl}/oauth2/v1/tokens/bearer`;
QuickBooks.REVOKE_URL = `${baseUrl}/v2/oauth2/tokens/revoke`;
const desk = new QuickBooks('desk', 'whispered', accessToken, false, realmId, true, false, 75, '2.0', refreshToken);

/** Calls a method of the client and waits for its answer. */
const ask = (method, ...given) =>
  new Promise((resolve, reject) =>
    desk[method](...given, (error, answer) => (error ? reject(error) : resolve(answer))),
  );
/** The code a call is refused with. */
const refusal = async (method, ...given) => {
  const error = await ask(method, ...given).then(
    () => assert.fail(`${method} was not refused`),
    (reason) => reason,
  );
  const fault = error.Fault ?? error.fault ?? error.response?.data?.Fault ?? error.response?.data?.fault;
  return (fault?.Error ?? fault?.error)?.[0]?.code ?? JSON.stringify(error);
};

// The token it came with has expired; a new one comes for the refresh token and the secret.
assert.equal(await refusal('getCompanyInfo', realmId), '3200');
await ask('refreshAccessToken');
assert.equal((await ask('getCompanyInfo', realmId)).Country, 'GB');
assert.equal((await ask('getPreferences')).CurrencyPrefs.HomeCurrency.value, 'GBP');

const ann = await ask('createCustomer', { DisplayName: "Ann O'Brien" });
assert.equal(await refusal('createVendor', { DisplayName: "Ann O'Brien" }), '6240');
const found = await ask('findCustomers', [{ field: 'DisplayName', value: "Ann O'Brien" }]);
assert.equal(found.QueryResponse.Customer[0].Id, ann.Id);

const sale = (DocNumber, Amount, requestId) => ({
  CustomerRef: { value: ann.Id },
  DocNumber,
  TxnDate: '2026-11-20',
  GlobalTaxCalculation: 'TaxExcluded',
  Line: [
    {
      Amount,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value: '2' }, TaxCodeRef: { value: '2' } },
    },
  ],
  ...(requestId ? { requestId } : {}),
});
const first = await ask('createInvoice', sale('F-1', 45, 'foreign-1'));
assert.equal(first.TotalAmt, 54);
const again = await ask('createInvoice', sale('F-1', 45, 'foreign-1'));
assert.equal(again.Id, first.Id);
assert.equal(await refusal('createInvoice', sale('F-1', 45)), '6140');

// A batch with one bad item: the good one is made, the bad one says why.
const batch = await ask('batch', [
  { bId: 'a', operation: 'create', Invoice: sale('F-2', 10.01) },
  { bId: 'b', operation: 'create', Invoice: { ...sale('F-3', 1), CustomerRef: { value: '99' } } },
]);
assert.equal(batch.BatchItemResponse[0].Invoice.TxnTaxDetail.TotalTax, 2);
assert.equal(batch.BatchItemResponse[1].Fault.Error[0].code, '2500');

const memo = await ask('createCreditMemo', sale('FC-1', 10));
const linked = (kind, id, Amount) => ({ Amount, LinkedTxn: [{ TxnId: id, TxnType: kind }] });
await ask('createPayment', {
  CustomerRef: { value: ann.Id },
  TotalAmt: 0,
  Line: [linked('Invoice', first.Id, 12), linked('CreditMemo', memo.Id, 12)],
});
const paid = await ask('createPayment', {
  CustomerRef: { value: ann.Id },
  TotalAmt: 42,
  Line: [linked('Invoice', first.Id, 42)],
});
assert.equal(paid.UnappliedAmt, 0);
const settled = await ask('getInvoice', first.Id);
assert.equal(settled.Balance, 0);
assert.equal(settled.SyncToken, '2');
assert.equal(await refusal('updateInvoice', { ...first, sparse: true, CustomerMemo: { value: 'x' } }), '5010');

// A payment that is voided gives the balance back, and one made anew takes it.
await ask('updatePayment', { ...paid, void: true });
assert.equal((await ask('getInvoice', first.Id)).Balance, 42);
await ask('createPayment', {
  CustomerRef: { value: ann.Id },
  TotalAmt: 42,
  Line: [linked('Invoice', first.Id, 42)],
});

const third = await ask('createInvoice', sale('F-4', 5));
await ask('deleteInvoice', third);
const changes = await ask('changeDataCapture', ['Invoice'], new Date('2026-11-20T00:00:00Z'));
const told = changes.CDCResponse[0].QueryResponse[0].Invoice;
assert.ok(told.some((it) => it.Id === third.Id && it.status === 'Deleted'));
const count = await ask('findInvoices', { count: true });
assert.equal(count.QueryResponse.totalCount, 2);
const open = await ask('findInvoices', [
  { field: 'TxnDate', value: '2026-11-01', operator: '>=' },
  { field: 'Balance', value: '0', operator: '>' },
]);
assert.deepEqual(open.QueryResponse.Invoice.map((it) => it.DocNumber), ['F-2']);

// Reports: both sides of a trial balance are one sum, and the ledger tells what makes it.
const days = { start_date: '2026-01-01', end_date: '2026-12-31' };
const trial = await ask('reportTrialBalance', days);
const [, debits, credits] = trial.Rows.Row.at(-1).Summary.ColData.map((it) => it.value);
assert.equal(debits, credits);
assert.ok(Number(debits) > 0);
const ledger = await ask('reportGeneralLedgerDetail', days);
const services = ledger.Rows.Row.find((it) => it.Header.ColData[0].id === '1');
const amount = ledger.Columns.Column.findIndex((it) => it.MetaData[0].Value === 'subt_nat_amount');
const posted = services.Rows.Row.map((it) => Number(it.ColData[amount].value));
assert.equal(
  posted.reduce((sum, one) => sum + one, 0).toFixed(2),
  services.Summary.ColData[amount].value,
);
for (const name of ['reportProfitAndLoss', 'reportBalanceSheet', 'reportCashFlow']) {
  assert.equal((await ask(name, days)).Header.Currency, 'GBP');
}
console.log('node-quickbooks: every step answered as expected');
