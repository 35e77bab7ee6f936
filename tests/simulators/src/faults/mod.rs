//! What can go wrong between a client and a provider, as data: the same profile runs in a test, in
//! a soak run and in a process started by hand. Shared by every simulator.
//!
//! A fault NEVER changes what a simulator believes happened: its ledger stays the truth.

mod layer;
mod plan;

use serde::{Deserialize, Serialize};

pub use layer::{CrashInstead, FaultLayer, inject};
pub use plan::{FaultPlan, Fired};

/// One thing that goes wrong. In JSON: `{"kind": "slow_body", "ms_per_byte": 1000, "bytes": 20}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The connection is reset and no byte of a reply arrives.
    ConnectionLost,
    /// Half of the promised body arrives, then the connection closes.
    CutBody,
    /// 429 with an optional `Retry-After` and the named limit.
    RateLimited { retry_after_s: Option<u64>, problem: String },
    /// 500 with a JSON error.
    ServerError,
    /// 400 with a gateway's HTML page.
    BadRequest,
    /// 403: whoever signed in has not the role for it.
    Forbidden,
    /// 502 with a gateway's HTML page.
    BadGateway,
    /// 504 with a gateway's HTML page.
    GatewayTimeout,
    /// 503 with a plain maintenance text.
    Maintenance,
    /// 200 with the HTML sign-in page of a captive portal.
    SignInPage,
    /// A well-framed reply whose JSON stops in the middle.
    TruncatedJson,
    /// A well-framed reply whose JSON is broken.
    MalformedJson,
    /// 200 without a body.
    EmptyOk,
    /// The first `bytes` bytes arrive one at a time, the rest at once.
    SlowBody { ms_per_byte: u64, bytes: usize },
    /// 200 with a body of this many bytes.
    HugeBody { bytes: u64 },
    /// 302 to another address.
    Redirect { location: String },
    /// The right body, labelled as plain text.
    WrongContentType,
    /// Every access token expires just before the request is read.
    ExpiredToken,
    /// The request is answered rightly, but late.
    Delay { ms: u64 },
}

/// Whether the provider has carried the request out when the fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The request never reaches the ledger.
    BeforeCommit,
    /// The ledger changed; only the reply is spoilt.
    AfterCommit,
}

impl Fault {
    /// When the fault strikes unless a rule says otherwise: a spoilt reply needs a reply, the rest
    /// stands in the way.
    pub fn usual_moment(&self) -> When {
        match self {
            Self::CutBody
            | Self::TruncatedJson
            | Self::MalformedJson
            | Self::EmptyOk
            | Self::SlowBody { .. }
            | Self::WrongContentType
            | Self::Delay { .. } => When::AfterCommit,
            Self::ConnectionLost
            | Self::RateLimited { .. }
            | Self::ServerError
            | Self::BadRequest
            | Self::Forbidden
            | Self::BadGateway
            | Self::GatewayTimeout
            | Self::Maintenance
            | Self::SignInPage
            | Self::HugeBody { .. }
            | Self::Redirect { .. }
            | Self::ExpiredToken => When::BeforeCommit,
        }
    }
}

/// Which requests a fault meets. Absent fields match everything; without `nth` and `per_mille`
/// every matching request is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// HTTP method in capitals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Prefix of the path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Only the n-th matching request, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// This many of a thousand matching requests, drawn from the profile's seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_mille: Option<u16>,
    /// The rule rests after it struck this often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// Overrides [`Fault::usual_moment`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// What happens.
    pub fault: Fault,
}

impl Rule {
    /// A rule that meets every request.
    pub fn always(fault: Fault) -> Self {
        Self {
            method: None,
            path: None,
            nth: None,
            per_mille: None,
            times: None,
            when: None,
            fault,
        }
    }

    /// Narrows the rule to a method and a path prefix.
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// Strikes at the n-th matching request only, counted from 1.
    pub fn nth(mut self, nth: u64) -> Self {
        self.nth = Some(nth);
        self
    }

    /// Strikes at this many of a thousand matching requests.
    pub fn per_mille(mut self, per_mille: u16) -> Self {
        self.per_mille = Some(per_mille);
        self
    }

    /// Strikes at most this often.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Strikes after the ledger changed.
    pub fn after_commit(mut self) -> Self {
        self.when = Some(When::AfterCommit);
        self
    }

    /// The moment this rule strikes.
    pub fn moment(&self) -> When {
        self.when.unwrap_or_else(|| self.fault.usual_moment())
    }
}

/// A seed and the rules, tried in order; the first that strikes wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultProfile {
    /// Seed of the dice behind `per_mille`.
    #[serde(default)]
    pub seed: u64,
    /// The rules.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

impl FaultProfile {
    /// A profile of these rules with seed 0.
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { seed: 0, rules: rules.into_iter().collect() }
    }

    /// A profile known by name: `none`, `lossy` (a fifth of the replies is lost after the commit)
    /// or `storm` (three in ten requests meet a 429, 500, 502 or 503).
    pub fn named(name: &str) -> Option<Self> {
        let rules = match name {
            "none" => Vec::new(),
            "lossy" => vec![Rule::always(Fault::ConnectionLost).after_commit().per_mille(200)],
            "storm" => vec![
                Rule::always(Fault::RateLimited {
                    retry_after_s: Some(1),
                    problem: "minute".to_owned(),
                })
                .per_mille(80),
                Rule::always(Fault::ServerError).per_mille(80),
                Rule::always(Fault::ServerError).after_commit().per_mille(80),
                Rule::always(Fault::BadGateway).per_mille(80),
                Rule::always(Fault::Maintenance).per_mille(50),
            ],
            _ => return None,
        };
        Some(Self { seed: 0, rules })
    }
}
