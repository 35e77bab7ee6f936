//! A person signing in: the browser follows Xero's page back to the waiting desk.

use crate::ask::{Asker, Outcome};
use crate::figures::Said;
use office::wire::connections::{
    ChooseCompany, SignInRequest, SignInStarted, SignInView, StartSignIn,
};
use std::time::Duration;

/// A connection, by its id.
pub struct Connection {
    pub id: String,
    company: String,
}

impl Said for Connection {
    fn said(&self) -> String {
        self.company.clone()
    }
}

/// Signs in and chooses the first company.
pub async fn connect(asker: &Asker) -> Outcome<Connection> {
    let request = StartSignIn {
        system: "xero".into(),
        client_id: Some("demo-client".into()),
        secret: None,
        redirect: None,
        connection_id: None,
    };
    let started: SignInStarted = asker.ask("start_sign_in", request).await?;
    let page = reqwest::get(&started.address).await?;
    if !page.status().is_success() {
        return Err(format!("the browser ended at {}", page.status()).into());
    }
    let companies = loop {
        let request = SignInRequest { sign_in_id: started.sign_in_id.clone() };
        let view: SignInView = asker.ask("sign_in_status", request).await?;
        match view.state.as_str() {
            "waiting" => tokio::time::sleep(Duration::from_millis(50)).await,
            "choose_company" => break view.companies,
            other => return Err(format!("sign-in ended as {other}: {:?}", view.problem).into()),
        }
    };
    let company = companies.into_iter().next().ok_or("the sign-in reaches no company")?;
    let request =
        ChooseCompany { sign_in_id: started.sign_in_id, company_id: company.id, export_from: None };
    let view: SignInView = asker.ask("choose_company", request).await?;
    let id = view.connection_id.ok_or("no connection came of the sign-in")?;
    Ok(Connection { id, company: company.name })
}
