//! What of ours needs a counterpart, and how each stands.
//!
//! Never leaves out what a record waits for, even where it is no longer on the price list.

use super::state::State;
use super::{booked, currencies, suggest};
use crate::export::cause::Class;
use crate::export::codes::{RemoteSide, Rules, account_key, kind_of, kind_word, mapping_subject};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show;
use crate::wire::mapping::MappingRow;
use finance::catalogue::{ServiceItem, ServiceKind};
use finance::ids::{ConnectionId, DepartmentId};
use finance::mapping::MappedKind;
use finance::tax::{TaxCode, VatCategory};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::View;
use store::exports::{CauseRow, RemoteRow, RemoteRows};

/// One of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    /// What kind of thing.
    pub kind: MappedKind,
    /// Our key.
    pub local_key: String,
    /// Its name.
    pub label: String,
    /// Our code.
    pub code: String,
    /// What stands beside it.
    pub detail: String,
    /// What helps to guess its counterpart.
    pub hint: Hint,
}

/// What helps to guess a counterpart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// The account in our own chart.
    pub account: String,
    /// What kind of service.
    pub sold: Option<ServiceKind>,
    /// Category and percent of a VAT code, or of a service.
    pub vat: Option<(VatCategory, Decimal)>,
}

/// The school, or one of its departments.
pub type Level = Option<DepartmentId>;

/// Everything about the mappings of one connection, as they stand at one level.
pub struct Surveyed {
    /// The level that is looked at.
    pub level: Level,
    /// Ours, in the order they are shown.
    pub ours: Vec<Ours>,
    /// Theirs, as last read.
    pub remote: RemoteRows,
    /// How students may stand there.
    pub customers: Vec<RemoteRow>,
    mapped: HashMap<(Level, MappedKind, String), String>,
    pub(super) rules: Rules,
    pub(super) read_once: bool,
    /// Documents that wait, by class and subject of the cause.
    waiting: BTreeMap<(String, String), u32>,
}

/// Looks at a connection's mappings from both sides.
///
/// # Errors
/// What the database reports.
pub async fn survey(
    office: &Office,
    view: &mut View,
    connection: ConnectionId,
    level: Level,
) -> Result<Surveyed, Fault> {
    let mut mapped: HashMap<_, _> = view
        .mappings(connection)
        .await?
        .into_iter()
        .filter_map(|it| Some(((it.department_id, it.kind, it.local_key), it.remote_code?)))
        .collect();
    let causes = view.open_causes(Some(connection)).await?;
    let mut awaited = awaited(&causes);
    let row = view.find_connection(connection).await?.ok_or_else(|| {
        Fault::new(Code::NotFound, "There is no such connection.").detail(connection.to_string())
    })?;
    let kinds = booked::kinds(&row);
    if row.booking.is_journal() {
        for account in booked::posted(view, row.export_from).await? {
            awaited.entry((MappedKind::LedgerAccount, account)).or_default();
        }
    } else {
        for account in view.line_accounts(row.export_from).await? {
            awaited.entry((MappedKind::Service, account_key(&account))).or_insert(account);
        }
    }
    let named = mapped.keys().map(|(_, kind, key)| (*kind, key.clone()));
    let known: BTreeSet<(MappedKind, String)> = awaited.keys().cloned().chain(named).collect();
    let mut ours = listed(office, view, &known).await?;
    let mut remote = view.remote_objects(connection).await?;
    ours.extend(booked::fields(&remote));
    let run = view.connection_run(connection).await?;
    let books = (run.base_currency.as_deref(), office.school.currency);
    ours.extend(currencies::ours(view, &row, books).await?);
    add_others(&mut ours, awaited, &known);
    ours.retain(|it| kinds.contains(&it.kind));
    ours.retain(|it| level.is_none() || !is_of_the_school(it.kind));
    currencies::by_themselves(&remote, &mut mapped);
    booked::nameable(&row, &mut remote);
    // Journal entries name accounts, and no rule asks about these.
    let rules = match row.booking.is_journal() {
        true => Rules::new(),
        false => view.booking_rules(connection).await?,
    };
    Ok(Surveyed {
        level,
        ours,
        remote,
        customers: booked::customers(),
        mapped,
        rules,
        waiting: causes.into_iter().map(|it| ((it.class, it.subject), it.records)).collect(),
        read_once: run.reference_data_at_ms.is_some(),
    })
}

/// What stands in our lists and is in use, or known to be mapped or waited for.
async fn listed(
    office: &Office,
    view: &mut View,
    known: &BTreeSet<(MappedKind, String)>,
) -> Result<Vec<Ours>, Fault> {
    let services = view.list_services("", true).await?;
    let taxes = view.tax_codes().await?;
    let mut ours = Vec::new();
    let wanted = |kind: MappedKind, key: &str, active: bool| {
        active || known.contains(&(kind, key.to_owned()))
    };
    for service in services {
        if wanted(MappedKind::Service, &service.id.to_string(), service.active) {
            let tax = TaxCode::in_force(&taxes, &service.tax_code, office.today());
            ours.push(of_service(service, tax));
        }
    }
    let codes: BTreeSet<&str> = taxes.iter().map(|tax| tax.code.as_str()).collect();
    ours.extend(codes.into_iter().filter_map(|code| {
        let tax = TaxCode::in_force(&taxes, code, office.today());
        let any = || taxes.iter().find(|tax| tax.code == code);
        let tax = tax.or_else(|| any().filter(|_| wanted(MappedKind::TaxCode, code, false)))?;
        Some(of_tax_code(tax))
    }));
    for method in view.payment_methods().await? {
        if wanted(MappedKind::PaymentMethod, &method.code, method.active) {
            ours.push(Ours {
                kind: MappedKind::PaymentMethod,
                local_key: method.code.clone(),
                label: method.name,
                code: method.code,
                detail: method.account.clone(),
                hint: Hint { account: method.account, ..Hint::default() },
            });
        }
    }
    ours.extend(booked::accounts(view, known).await?);
    ours.extend(view.departments().await?.into_iter().map(|department| Ours {
        kind: MappedKind::Department,
        local_key: department.id.to_string(),
        label: department.name,
        code: String::new(),
        detail: String::new(),
        hint: Hint::default(),
    }));
    ours.push(booked::students());
    Ok(ours)
}

/// Whether only the school as a whole has it: what tells departments apart there, and currencies.
const fn is_of_the_school(kind: MappedKind) -> bool {
    matches!(kind, MappedKind::Department | MappedKind::Currency | MappedKind::CustomField)
}

/// Whether documents go without it where it is mapped onto nothing.
pub const fn is_optional(kind: MappedKind) -> bool {
    matches!(kind, MappedKind::Department | MappedKind::Customer | MappedKind::CustomField)
}

/// What records wait for, with the names the documents gave it.
fn awaited(causes: &[CauseRow]) -> BTreeMap<(MappedKind, String), String> {
    let param = |cause: &CauseRow| {
        serde_json::from_str::<BTreeMap<String, String>>(&cause.params).unwrap_or_default()
    };
    causes
        .iter()
        .filter_map(|cause| {
            let mut params = param(cause);
            let kind = kind_of(params.get("kind")?)?;
            let key = params.remove("local_key")?;
            Some(((kind, key), params.remove("label").unwrap_or_default()))
        })
        .collect()
}

/// What is in no list of ours: lines without an entry of the price list go by their account.
fn add_others(
    ours: &mut Vec<Ours>,
    awaited: BTreeMap<(MappedKind, String), String>,
    known: &BTreeSet<(MappedKind, String)>,
) {
    let mut others = awaited;
    for key in known {
        others.entry(key.clone()).or_default();
    }
    for ((kind, local_key), label) in others {
        if ours.iter().any(|it| it.kind == kind && it.local_key == local_key) {
            continue;
        }
        let account = local_key.strip_prefix("account:").unwrap_or_default().to_owned();
        let code = if account.is_empty() { local_key.clone() } else { account.clone() };
        ours.push(Ours {
            kind,
            label: if label.is_empty() { code.clone() } else { label },
            code,
            detail: String::new(),
            hint: Hint { account, ..Hint::default() },
            local_key,
        });
    }
}

fn of_service(service: ServiceItem, tax: Option<&TaxCode>) -> Ours {
    let kind = show::name_of(&service.kind, show::SERVICE_KINDS);
    let vat = tax.map_or_else(|| service.tax_code.clone(), |tax| percent(tax.rate));
    Ours {
        kind: MappedKind::Service,
        local_key: service.id.to_string(),
        label: service.name,
        code: service.code,
        detail: format!("{kind} · {vat}"),
        hint: Hint {
            account: service.income_account,
            sold: Some(service.kind),
            vat: tax.map(|tax| (tax.category, tax.rate)),
        },
    }
}

fn of_tax_code(tax: &TaxCode) -> Ours {
    Ours {
        kind: MappedKind::TaxCode,
        local_key: tax.code.clone(),
        label: tax.name.clone(),
        code: tax.code.clone(),
        detail: percent(tax.rate),
        hint: Hint { vat: Some((tax.category, tax.rate)), ..Hint::default() },
    }
}

fn percent(rate: Decimal) -> String {
    format!("{} %", show::number(rate))
}

impl Surveyed {
    /// The code it is mapped onto: at this level, or else by the school.
    pub fn mapped(&self, ours: &Ours) -> Option<&str> {
        self.mapped_at(self.level, ours).or_else(|| self.mapped_at(None, ours))
    }

    /// The code it is mapped onto at one level.
    pub fn mapped_at(&self, level: Level, ours: &Ours) -> Option<&str> {
        self.mapped.get(&(level, ours.kind, ours.local_key.clone())).map(String::as_str)
    }

    /// How many mappings and rules of its own a department has.
    pub fn own(&self, department: DepartmentId) -> usize {
        let mapped = self.mapped.keys().filter(|(level, ..)| *level == Some(department)).count();
        mapped + self.rules_at(Some(department)).len()
    }

    /// Something of theirs, usable or not, by its code.
    pub fn theirs(&self, kind: MappedKind, code: &str) -> Option<&RemoteRow> {
        self.side(kind).iter().find(|row| row.code == code)
    }

    fn side(&self, kind: MappedKind) -> &[RemoteRow] {
        match RemoteSide::of(kind) {
            RemoteSide::Account => &self.remote.accounts,
            RemoteSide::TaxCode => &self.remote.tax_codes,
            RemoteSide::Tracking => &self.remote.tracking,
            RemoteSide::Currency => &self.remote.currencies,
            RemoteSide::Field => &self.remote.fields,
            RemoteSide::Customer => &self.customers,
        }
    }

    /// How one of ours stands. Before the other side was read, nothing is known to be gone.
    pub fn state(&self, ours: &Ours) -> State {
        match self.mapped(ours) {
            None if is_optional(ours.kind) || self.is_unread(ours) => State::Open,
            None if self.is_ruled(self.level, ours) => State::Ruled,
            None => State::Missing,
            Some(_) if !self.read_once => State::Mapped,
            Some(code) => match self.theirs(ours.kind, code) {
                Some(theirs) if theirs.active => State::Mapped,
                _ if self.is_ruled(self.level, ours) => State::Ruled,
                _ => State::Gone,
            },
        }
    }

    /// Whether the system has the word: its currencies were not read yet.
    fn is_unread(&self, ours: &Ours) -> bool {
        ours.kind == MappedKind::Currency && self.remote.currencies.is_empty()
    }

    /// Whether what a department books finds a usable counterpart: the department's, else the school's.
    pub fn serves(&self, department: Level, ours: &Ours) -> bool {
        let code = self.mapped_at(department, ours).or_else(|| self.mapped_at(None, ours));
        let ruled = self.ruled(department, ours).map(|(_, code)| code);
        let usable = ruled.or(code).is_some_and(|code| self.is_usable(ours.kind, code));
        usable || self.is_unread(ours)
    }

    /// Whether records that need it would wait.
    pub fn is_lacking(&self, ours: &Ours) -> bool {
        matches!(self.state(ours), State::Missing | State::Gone)
    }

    /// One of ours as it is shown.
    pub fn row(&self, ours: &Ours) -> MappingRow {
        let code = self.mapped(ours);
        let state = self.state(ours);
        let suggestion = match state {
            State::Mapped | State::Ruled => None,
            _ if matches!(ours.kind, MappedKind::Customer | MappedKind::Currency) => None,
            State::Missing | State::Open | State::Gone => {
                suggest::suggest(ours, self.side(ours.kind), &self.remote.tax_codes)
            }
        };
        let own = self.mapped_at(self.level, ours);
        let school = self.level.and_then(|_| self.mapped_at(None, ours));
        let named = |code: &str| self.theirs(ours.kind, code).map(|theirs| theirs.name.clone());
        MappingRow {
            is_inherited: own.is_none() && school.is_some(),
            school_code: school.map(str::to_owned),
            school_name: school.and_then(named),
            kind: kind_word(ours.kind).to_owned(),
            local_key: ours.local_key.clone(),
            label: ours.label.clone(),
            code: ours.code.clone(),
            detail: ours.detail.clone(),
            remote_code: code.map(str::to_owned),
            remote_name: code.and_then(named),
            state: state.word().to_owned(),
            rule: self.ruled(self.level, ours).map(|(rule, _)| rule.name.clone()),
            suggestion,
            waiting: self.waiting(ours, code),
        }
    }

    fn waiting(&self, ours: &Ours, code: Option<&str>) -> u32 {
        let held = |class: Class, subject: String| {
            self.waiting.get(&(class.word().to_owned(), subject)).copied().unwrap_or(0)
        };
        let missing = held(Class::MappingMissing, mapping_subject(ours.kind, &ours.local_key));
        let gone = code.map_or(0, |code| {
            held(
                Class::ReferenceGone,
                super::reading::reference_subject(RemoteSide::of(ours.kind), code),
            )
        });
        missing.saturating_add(gone)
    }
}
