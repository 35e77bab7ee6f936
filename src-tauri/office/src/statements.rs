//! Statements of account: on the screen, on paper and as CSV.
//!
//! Never a balance of its own: what a statement closes on is the ageing's balance of that day.

mod files;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::statements::{
    PayerStatementRequest, StatementAgeing, StatementRequest, StatementRow, StatementView,
};
use crate::{ageing, invoices, payers, students, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::ageing::{AgeingRow, Buckets, Span, age};
use finance::ids::{PayerId, StudentId};
use finance::party::Person;
use finance::payment::PaymentMethod;
use finance::statement::{Movement, Statement, state};
use store::{AccountEntry, AccountKind, AgeBy, Among, Item, ItemKind, ItemQuestion, View, Window};

pub use files::statement_file;

/// What a statement lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// All that happened.
    Activity,
    /// What is open at the end.
    Open,
}

const STYLES: &[(&str, Style)] = &[("activity", Style::Activity), ("open", Style::Open)];

/// The whole of a list.
const ALL: Window = Window { offset: 0, limit: u32::MAX };

/// Which statement is wanted.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub from: Option<NaiveDate>,
    pub to: NaiveDate,
    pub style: Style,
}

impl Wanted {
    /// From what was typed.
    ///
    /// # Errors
    /// [`Code::Invalid`] where the period ends before it begins.
    pub fn typed(from: Option<&str>, to: &str, style: &str) -> Result<Self, Fault> {
        let from = typed::optional_date("from", from)?;
        let to = typed::date("to", to)?;
        if from.is_some_and(|from| to < from) {
            let fault = Fault::new(Code::Invalid, "The period ends before it begins.");
            return Err(fault.at("to").rule("period"));
        }
        let style = typed::one_of("style", style, STYLES)?;
        // What is open at the end of a day does not depend on where a period begins.
        let from = from.filter(|_| style == Style::Activity);
        Ok(Self { from, to, style })
    }
}

/// Whose account is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// All that is about a student.
    Student(StudentId),
    /// What a payer was asked for, of all its students, and what was set against that.
    Payer(PayerId),
}

/// Who a statement is for.
pub(crate) struct Party {
    pub whose: Whose,
    pub number: String,
    pub person: Person,
    pub department: String,
}

impl Party {
    async fn read(view: &mut View, office: &Office, whose: Whose) -> Result<Self, Fault> {
        Ok(match whose {
            Whose::Student(id) => {
                let row = students::demand(view, id, office).await?;
                let (number, person) = (row.student.number, row.student.person);
                Self { whose, number, person, department: row.department }
            }
            Whose::Payer(id) => {
                let payer = payers::demand(view, id, office).await?.payer;
                let (number, person) = (payer.number, payer.person);
                Self { whose, number, person, department: String::new() }
            }
        })
    }

    /// The rows of the account, oldest first.
    async fn account(&self, view: &mut View) -> Result<Vec<AccountEntry>, Fault> {
        Ok(match self.whose {
            Whose::Student(id) => view.student_account(id).await?,
            Whose::Payer(id) => view.payer_account(id).await?,
        })
    }
}

/// A statement with all that its screen, paper and file say.
pub(crate) struct Stated {
    pub party: Party,
    pub wanted: Wanted,
    pub statement: Statement<AccountEntry>,
    pub debts: Vec<Item>,
    pub credits: Vec<Item>,
    pub buckets: Buckets,
    pub ageing: AgeingRow,
}

/// What is the same for every statement of one file.
pub(crate) struct Tables {
    pub methods: Vec<PaymentMethod>,
    pub buckets: Buckets,
}

impl Tables {
    pub async fn read(view: &mut View) -> Result<Self, Fault> {
        let methods = view.payment_methods().await?;
        Ok(Self { methods, buckets: ageing::school_buckets(view).await? })
    }
}

impl Stated {
    /// States an account.
    ///
    /// # Errors
    /// [`Code::NotFound`], or what the database reports.
    pub async fn read(
        view: &mut View,
        office: &Office,
        tables: &Tables,
        (whose, wanted): (Whose, &Wanted),
    ) -> Result<Self, Fault> {
        let party = Party::read(view, office, whose).await?;
        let currency = office.school.currency;
        let movements = party.account(view).await?.into_iter().map(|entry| Movement {
            date: entry.date,
            amount: entry.amount,
            what: entry,
        });
        let statement = state(movements, currency, wanted.from, wanted.to)?;
        let question = ItemQuestion {
            as_of: wanted.to,
            by: AgeBy::Due,
            span: Span::default(),
            student_id: match whose {
                Whose::Student(id) => Some(id),
                Whose::Payer(_) => None,
            },
            department: Among::All,
            payer: match whose {
                Whose::Student(_) => Among::All,
                Whose::Payer(id) => Among::One(id),
            },
        };
        let debts = view.debts_on(&question, ALL).await?;
        let credits = view.credits_on(&question, ALL).await?;
        let due = debts.rows.iter().filter_map(|item| Some((item.due_date?, item.left)));
        let due: Vec<_> = due.collect();
        let ageing = age(&due, credits.left, &tables.buckets, wanted.to)?;
        Ok(Self {
            party,
            wanted: wanted.clone(),
            statement,
            debts: debts.rows,
            credits: credits.rows,
            buckets: tables.buckets.clone(),
            ageing,
        })
    }

    /// The student's name on a payer's statement, which is about several; else empty.
    pub fn student<'a>(&self, name: &'a str) -> &'a str {
        if matches!(self.party.whose, Whose::Payer(_)) { name } else { "" }
    }

    /// Open items with signed amounts: credit takes from what is owed.
    pub fn open(&self) -> impl Iterator<Item = (&Item, Money, Money)> {
        let owed = self.debts.iter().map(|item| (item, item.total, item.left));
        let unused = self.credits.iter();
        owed.chain(unused.map(|item| (item, item.total.negated(), item.left.negated())))
    }
}

/// The names of the kinds of an account's rows.
pub(crate) const KINDS: &[(&str, AccountKind)] = &[
    ("invoice", AccountKind::Invoice),
    ("credit_note", AccountKind::CreditNote),
    ("payment", AccountKind::Payment),
    ("reversal", AccountKind::Reversal),
    ("refund", AccountKind::Refund),
    ("write_off", AccountKind::WriteOff),
    ("write_off_released", AccountKind::WriteOffReleased),
    ("released", AccountKind::Released),
    ("exchange", AccountKind::Exchange),
];

/// The names of the kinds of open items.
pub(crate) const ITEMS: &[(&str, ItemKind)] = &[
    ("invoice", ItemKind::Invoice),
    ("credit_note", ItemKind::CreditNote),
    ("payment", ItemKind::Payment),
];

/// What a row is called: a number, or how it was paid.
pub(crate) fn entry_label(entry: &AccountEntry, methods: &[PaymentMethod]) -> String {
    match entry.kind {
        AccountKind::Payment | AccountKind::Reversal | AccountKind::Refund => {
            invoices::method_name(&entry.label, methods)
        }
        _ => entry.label.clone(),
    }
}

/// Likewise of an open item.
pub(crate) fn item_label(item: &Item, methods: &[PaymentMethod]) -> String {
    match item.kind {
        ItemKind::Payment => invoices::method_name(&item.label, methods),
        _ => item.label.clone(),
    }
}

/// A student's statement of account.
pub async fn statement(
    office: &Office,
    _: &Actor,
    request: StatementRequest,
) -> Result<StatementView, Fault> {
    let id: StudentId = typed::id("student_id", &request.student_id)?;
    let wanted = Wanted::typed(request.from.as_deref(), &request.to, &request.style)?;
    shown(office, Whose::Student(id), &wanted).await
}

/// The statement of account of somebody who pays for students.
pub async fn payer_statement(
    office: &Office,
    _: &Actor,
    request: PayerStatementRequest,
) -> Result<StatementView, Fault> {
    let id: PayerId = typed::id("payer_id", &request.payer_id)?;
    let wanted = Wanted::typed(request.from.as_deref(), &request.to, &request.style)?;
    shown(office, Whose::Payer(id), &wanted).await
}

async fn shown(office: &Office, whose: Whose, wanted: &Wanted) -> Result<StatementView, Fault> {
    let mut view = office.store.read().await?;
    let tables = Tables::read(&mut view).await?;
    let stated = Stated::read(&mut view, office, &tables, (whose, wanted)).await?;
    let rows = match wanted.style {
        Style::Activity => activity_rows(&stated, &tables),
        Style::Open => open_rows(&stated, &tables)?,
    };
    let amounts = &stated.ageing;
    Ok(StatementView {
        student_id: match whose {
            Whose::Student(id) => Some(id.to_string()),
            Whose::Payer(_) => None,
        },
        payer_id: match whose {
            Whose::Student(_) => None,
            Whose::Payer(id) => Some(id.to_string()),
        },
        number: stated.party.number,
        name: stated.party.person.name,
        from: wanted.from.map(|day| day.to_string()),
        to: wanted.to.to_string(),
        style: crate::show::name_of(&wanted.style, STYLES),
        opening: stated.statement.opening.into(),
        charged: stated.statement.charged.into(),
        taken: stated.statement.taken.into(),
        closing: stated.statement.closing.into(),
        rows,
        ageing: StatementAgeing {
            buckets: stated.buckets.ends().to_vec(),
            columns: amounts.columns.iter().copied().map(Into::into).collect(),
            credit: amounts.credit.into(),
            balance: amounts.balance.into(),
        },
    })
}

fn activity_rows(stated: &Stated, tables: &Tables) -> Vec<StatementRow> {
    let row = |line: &finance::statement::StatementLine<AccountEntry>| {
        let entry = &line.movement.what;
        StatementRow {
            kind: crate::show::name_of(&entry.kind, KINDS),
            id: entry.id.to_string(),
            label: entry_label(entry, &tables.methods),
            reference: entry.reference.clone(),
            student: stated.student(&entry.student).to_owned(),
            date: entry.date.to_string(),
            due_date: entry.due_date.map(|day| day.to_string()),
            amount: entry.amount.into(),
            foreign: entry.foreign.map(Into::into),
            left: entry.left.into(),
            running: line.balance.into(),
        }
    };
    stated.statement.lines.iter().map(row).collect()
}

fn open_rows(stated: &Stated, tables: &Tables) -> Result<Vec<StatementRow>, Fault> {
    let mut running = Money::zero(stated.statement.closing.currency());
    let mut rows = Vec::new();
    for (item, amount, left) in stated.open() {
        running = running.plus(left)?;
        rows.push(StatementRow {
            kind: crate::show::name_of(&item.kind, ITEMS),
            id: item.id.to_string(),
            label: item_label(item, &tables.methods),
            reference: item.reference.clone(),
            student: stated.student(&item.student).to_owned(),
            date: item.date.to_string(),
            due_date: item.due_date.map(|day| day.to_string()),
            amount: amount.into(),
            foreign: item.foreign(amount).map(Into::into),
            left: left.into(),
            running: running.into(),
        });
    }
    Ok(rows)
}
