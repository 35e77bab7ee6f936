//! The accounting systems that stand in for the real ones.
//!
//! Never with limits of calls: a person who looks around should not wait for them.

use super::Arguments;
use providers::registry::Provider;
use simulators::faults::FaultProfile;
use simulators::qbo::{QboConfig, QboSimulator};
use simulators::sage::{SageConfig, SageSimulator};
use simulators::xero::{Company, XeroConfig, XeroSimulator};
use std::error::Error;

/// Those that run. Their companies are in kroner, like the sample school.
pub struct Simulated {
    xero: Option<XeroSimulator>,
    qbo: Option<QboSimulator>,
    sage: Option<SageSimulator>,
}

impl Simulated {
    /// Starts those that were asked for.
    ///
    /// # Errors
    /// An unknown name of faults, or a port that is not to be had.
    pub async fn start(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let named = FaultProfile::named(&arguments.faults);
        let faults =
            || named.clone().ok_or_else(|| format!("no faults are called {}", arguments.faults));
        let xero = XeroConfig {
            company: Company::Norwegian,
            faults: faults()?,
            ..XeroConfig::unlimited()
        };
        let qbo = QboConfig { norwegian: true, faults: faults()?, ..QboConfig::unlimited() };
        let sage = SageConfig { norwegian: true, faults: faults()?, ..SageConfig::unlimited() };
        let mut simulated = Self { xero: None, qbo: None, sage: None };
        if arguments.xero_simulator {
            simulated.xero = Some(XeroSimulator::start(xero).await?);
        }
        if arguments.qbo_simulator {
            simulated.qbo = Some(QboSimulator::start(qbo).await?);
        }
        if arguments.sage_simulator {
            simulated.sage = Some(SageSimulator::start(sage).await?);
        }
        Ok(simulated)
    }

    /// Where they answer.
    pub fn addresses(&self) -> impl Iterator<Item = (Provider, &str)> {
        let xero = self.xero.as_ref().map(|it| (Provider::Xero, it.base_url()));
        let qbo = self.qbo.as_ref().map(|it| (Provider::Qbo, it.base_url()));
        let sage = self.sage.as_ref().map(|it| (Provider::Sage, it.base_url()));
        [xero, qbo, sage].into_iter().flatten()
    }
}
