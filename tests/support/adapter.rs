//! A desk with a real adapter and a simulated system behind it, and documents to send.
//!
//! Never says what must come of it; that is each adapter's own test.

use crate::system::{Codes, System};
use crate::wrapped::Unwatched;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate};
use finance::money::{Currency, Money};
use finance::party::Address;
use finance::tax::PriceBasis;
use providers::document::{
    AllocationDocument, CustomerDocument, DocumentKind, EntryLine, ExportDocument, HeldAs,
    JournalDocument, OnAccountDocument, PaymentDocument, PushItem, SalesDocument, SalesLine,
};
use providers::http::{HttpClient, Patience};
use providers::record::RemoteRecord;
use providers::session::{Secret, Session, TokenSource};
use providers::{Found, ItemOutcome, ProviderAdapter as _, ProviderError, Wanted};
use rust_decimal::Decimal;
use simulators::clock::SimClock;
use simulators::faults::{FaultProfile, Rule};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Tokens of one sign-in, which may have been ended there.
pub struct Tokens<S> {
    sim: Arc<S>,
    company: String,
    token: String,
    revoked: bool,
    /// How often another one was asked for.
    pub renewals: AtomicUsize,
}

#[async_trait]
impl<S: System> TokenSource for Tokens<S> {
    async fn access_token(&self) -> Result<Secret, ProviderError> {
        Ok(Secret::new(self.token.clone()))
    }

    async fn renewed(&self, _stale: &Secret) -> Result<Secret, ProviderError> {
        self.renewals.fetch_add(1, Ordering::SeqCst);
        if self.revoked {
            return Err(ProviderError::SignInNeeded);
        }
        Ok(Secret::new(self.sim.access_token(&self.company)))
    }
}

/// A desk with an adapter and a company to write to.
pub struct AdapterDesk<S: System> {
    pub sim: Arc<S>,
    pub adapter: Arc<S::Adapter>,
    pub session: Session,
    pub tokens: Arc<Tokens<S>>,
}

/// So impatient that a test of slowness is quick.
pub const QUICK: Patience = Patience {
    connect: Duration::from_millis(1_500),
    idle: Duration::from_millis(1_000),
    total: Duration::from_millis(3_000),
    answer_bytes: 1024 * 1024,
};

/// The clock of every simulator here: it stands at noon.
pub fn noon() -> SimClock {
    SimClock::manual(DateTime::from_timestamp(1_795_176_000, 0).expect("a moment"))
}

impl<S: System> AdapterDesk<S> {
    /// A desk signed in to a company, or one whose sign-in cannot be renewed any more.
    pub fn around(sim: S, company: &str, revoked: bool) -> Self {
        let sim = Arc::new(sim);
        let (company, token) = (company.to_owned(), sim.access_token(company));
        let (own, renewals) = (company.clone(), AtomicUsize::new(0));
        let tokens =
            Arc::new(Tokens { sim: Arc::clone(&sim), company: own, token, revoked, renewals });
        let source: Arc<dyn TokenSource> = Arc::<Tokens<S>>::clone(&tokens);
        let (endpoints, watch) = (sim.endpoints(), Arc::new(Unwatched));
        let session = Session { endpoints, company, tokens: source, watch };
        let adapter = Arc::new(S::adapter(HttpClient::new(QUICK).expect("a client")));
        Self { sim, adapter, session, tokens }
    }

    /// Sends documents under keys of their own.
    pub async fn push(&self, documents: &[ExportDocument]) -> Vec<ItemOutcome> {
        self.adapter.push(&self.session, &items(documents)).await.outcomes
    }

    /// Sends one document.
    pub async fn push_one(&self, document: &ExportDocument) -> ItemOutcome {
        self.push(std::slice::from_ref(document)).await.remove(0)
    }

    /// Sends a document that must arrive, and gives its id.
    pub async fn create(&self, document: &ExportDocument) -> String {
        self.push_one(document).await.expect("created").id
    }

    /// Looks documents up.
    pub async fn find_all(
        &self,
        documents: &[ExportDocument],
    ) -> Result<Vec<Found>, ProviderError> {
        let wanted = |it: &ExportDocument| Wanted { kind: it.kind(), document: it.clone() };
        let wanted: Vec<Wanted> = documents.iter().map(wanted).collect();
        self.adapter.find(&self.session, &wanted).await
    }

    /// Looks one document up.
    pub async fn find(&self, document: &ExportDocument) -> Found {
        self.find_all(std::slice::from_ref(document)).await.expect("an answer").remove(0)
    }

    /// From here on this goes wrong.
    pub fn strike(&self, rule: Rule) {
        self.sim.set_faults(FaultProfile::of([rule]));
    }

    /// Nothing goes wrong any more.
    pub fn calm(&self) {
        self.sim.set_faults(FaultProfile::default());
    }
}

/// Documents with their keys.
pub fn items(documents: &[ExportDocument]) -> Vec<PushItem> {
    let item = |document: &ExportDocument| PushItem {
        document: document.clone(),
        idempotency_key: key(document.reference()),
    };
    documents.iter().map(item).collect()
}

/// 32 hex digits, the same for the same reference.
fn key(reference: &str) -> String {
    let mut hasher = DefaultHasher::new();
    reference.hash(&mut hasher);
    format!("{:032x}", hasher.finish())
}

/// Pounds.
pub fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse::<Currency>().expect("a currency"))
}

/// A day.
pub fn on(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A customer.
pub fn customer(number: &str, name: &str) -> ExportDocument {
    ExportDocument::Customer(CustomerDocument {
        existing: String::new(),
        reference: format!("K-c{number}"),
        number: number.to_owned(),
        tax_number: String::new(),
        name: name.to_owned(),
        email: "ann@example.org".to_owned(),
        phone: "+44 113 496 0000".to_owned(),
        address: Address { city: "Leeds".to_owned(), ..Address::default() },
        currency: None,
    })
}

/// 54.00 with VAT, of which 9.00.
pub fn sale(codes: &Codes, number: &str, customer: &str) -> SalesDocument {
    SalesDocument {
        rate: None,
        reference: format!("K-{number}."),
        number: number.to_owned(),
        customer: customer.to_owned(),
        date: on("2026-11-20"),
        due_date: on("2026-12-04"),
        currency: "GBP".parse().expect("a currency"),
        basis: PriceBasis::Gross,
        tracking: String::new(),
        fields: Vec::new(),
        lines: vec![SalesLine {
            description: "Driving lesson".to_owned(),
            quantity: Decimal::TWO,
            unit_price: Decimal::from(27),
            discount_percent: Decimal::ZERO,
            discount: None,
            account: codes.sales.clone(),
            tax_code: codes.tax.clone(),
            net: gbp(4500),
            vat: gbp(900),
            gross: gbp(5400),
        }],
        net: gbp(4500),
        vat: gbp(900),
        gross: gbp(5400),
    }
}

/// Money for an invoice.
pub fn payment(codes: &Codes, reference: &str, invoice: &str, minor: i64) -> ExportDocument {
    ExportDocument::Payment(PaymentDocument {
        reference: reference.to_owned(),
        invoice: invoice.to_owned(),
        account: codes.bank.clone(),
        date: on("2026-11-20"),
        amount: gbp(minor),
        base: None,
    })
}

/// Money that no invoice takes.
pub fn on_account(codes: &Codes, reference: &str, customer: &str, minor: i64) -> ExportDocument {
    ExportDocument::OnAccount(OnAccountDocument {
        reference: reference.to_owned(),
        customer: customer.to_owned(),
        account: codes.bank.clone(),
        date: on("2026-11-20"),
        amount: gbp(minor),
        rate: None,
    })
}

/// Money on account set against an invoice.
pub fn used(kept: &str, invoice: &str, minor: i64) -> ExportDocument {
    ExportDocument::CreditAllocation(AllocationDocument {
        reference: format!("K-u{minor}"),
        credit_note: kept.to_owned(),
        held_as: HeldAs::OnAccount,
        invoice: invoice.to_owned(),
        date: on("2026-11-20"),
        amount: gbp(minor),
    })
}

/// A credit note set against an invoice.
pub fn allocation(note: &str, invoice: &str, minor: i64) -> ExportDocument {
    ExportDocument::CreditAllocation(AllocationDocument {
        reference: "K-a1".to_owned(),
        credit_note: note.to_owned(),
        held_as: HeldAs::CreditNote,
        invoice: invoice.to_owned(),
        date: on("2026-11-20"),
        amount: gbp(minor),
    })
}

/// A journal entry of 54.00 between two accounts, the debited one first.
pub fn entry(reference: &str, accounts: [&str; 2]) -> JournalDocument {
    let [debit, credit] = accounts.map(str::to_owned);
    let line = |account, minor| EntryLine {
        account,
        description: "3000 · S20".to_owned(),
        tracking: String::new(),
        amount: gbp(minor),
    };
    JournalDocument {
        reference: reference.to_owned(),
        label: "2026-11-20".to_owned(),
        date: on("2026-11-20"),
        lines: vec![line(debit, 5400), line(credit, -5400)],
        total: gbp(5400),
    }
}

/// Records of a kind that count in their books.
#[derive(Debug)]
pub struct Summed {
    /// How many.
    pub count: usize,
    /// What they come to.
    pub gross: Money,
    /// Of it VAT.
    pub vat: Money,
}

/// Counts and sums the records of a kind, of which there is one at least.
pub fn summed(records: &[RemoteRecord], kind: DocumentKind) -> Summed {
    let live: Vec<_> = records.iter().filter(|it| it.kind == kind && it.is_live()).collect();
    let currency = live.first().expect("a record").currency;
    let sum = |amounts: Vec<Money>| Money::sum(currency, amounts).expect("a sum");
    Summed {
        count: live.len(),
        gross: sum(live.iter().map(|it| it.gross).collect()),
        vat: sum(live.iter().filter_map(|it| it.vat).collect()),
    }
}
