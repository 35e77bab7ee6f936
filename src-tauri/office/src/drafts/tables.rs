//! What drafts are read against: tables of the school, and who pays.
//!
//! Never about one draft: read once for many.

use crate::export::codes::Rules;
use crate::fault::Fault;
use crate::numbering::Numbers;
use crate::office::Office;
use crate::wire::invoices::DraftInput;
use crate::wire::payers::{PayerPart, PayerPartView};
use finance::catalogue::ServiceItem;
use finance::exchange::ExchangeRate;
use finance::ids::{PayerId, ServiceId, StudentId};
use finance::mapping::Mapping;
use finance::numbering::DocumentKind;
use finance::payer::{Payer, PayerShare};
use finance::tax::TaxCode;
use std::collections::{BTreeMap, BTreeSet};
use store::{StudentRow, View};

/// Tables that every draft is read against; read once for many drafts.
pub(crate) struct Tables {
    pub taxes: Vec<TaxCode>,
    pub services: BTreeMap<ServiceId, ServiceItem>,
    /// Rates of other currencies, where a draft is in one, see [`Tables::know`].
    pub rates: Vec<ExchangeRate>,
    pub numbers: Numbers,
    /// Payers that drafts name or that pay by default, see [`Tables::know`].
    pub payers: BTreeMap<PayerId, Payer>,
    /// Who pays by default for the students that were asked about.
    pub defaults: BTreeMap<StudentId, Vec<PayerShare>>,
    /// Open connections.
    pub(super) connections: Vec<Connected>,
}

/// What an open connection books documents by.
pub(super) struct Connected {
    /// The name of the company there.
    pub company: String,
    pub mappings: Vec<Mapping>,
    pub rules: Rules,
}

impl Tables {
    /// Reads them.
    ///
    /// # Errors
    /// What the database reports.
    pub(crate) async fn read(view: &mut View, office: &Office) -> Result<Self, Fault> {
        let numbers = Numbers::read(view, office, DocumentKind::Invoice).await?;
        let mut connections = Vec::new();
        for connection in view.connections().await?.into_iter().filter(|c| !c.closed) {
            let mappings = view.mappings(connection.id).await?;
            let rules = view.booking_rules(connection.id).await?;
            connections.push(Connected {
                company: connection.remote_company_name,
                mappings,
                rules,
            });
        }
        let services = view.list_services("", true).await?;
        Ok(Self {
            taxes: view.tax_codes().await?,
            services: services.into_iter().map(|service| (service.id, service)).collect(),
            rates: Vec::new(),
            numbers,
            payers: BTreeMap::new(),
            defaults: BTreeMap::new(),
            connections,
        })
    }

    /// Reads who pays for some students by default, the payers that drafts name, and the rates that
    /// they need.
    ///
    /// # Errors
    /// What the database reports.
    pub(crate) async fn know(
        &mut self,
        view: &mut View,
        students: &[StudentId],
        drafts: impl IntoIterator<Item = &DraftInput>,
    ) -> Result<(), Fault> {
        self.defaults = view.default_payers(students).await?;
        let (mut foreign, mut named) = (false, Vec::<PayerId>::new());
        for draft in drafts {
            foreign |= draft.currency.is_some();
            let shares = draft.payers.iter();
            named.extend(
                shares.filter_map(|share| share.payer_id.as_deref()?.parse::<PayerId>().ok()),
            );
        }
        if foreign {
            self.rates = view.exchange_rates().await?;
        }
        let by_default = self.defaults.values().flatten().filter_map(|share| share.payer_id);
        let ids: BTreeSet<PayerId> = named.into_iter().chain(by_default).collect();
        self.payers = view.find_payers(&ids.into_iter().collect::<Vec<_>>()).await?;
        Ok(())
    }

    /// A share with its payer's name.
    pub(super) fn share_view(
        &self,
        share: &PayerPart,
        student: Option<&StudentRow>,
    ) -> PayerPartView {
        let payer = share.payer_id.as_deref().and_then(|id| self.payers.get(&id.parse().ok()?));
        let student = student.map(|row| (&row.student.person.name, &row.student.number));
        let named = payer.map(|payer| (&payer.person.name, &payer.number)).or(student);
        let (name, number) =
            named.map(|(name, number)| (name.clone(), number.clone())).unwrap_or_default();
        PayerPartView { share: share.clone(), name, number }
    }
}
