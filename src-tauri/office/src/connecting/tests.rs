use super::tokens::{self, KeptTokens, Signed};
use crate::clock::{Clock, SystemClock};
use crate::secrets::{MemorySecrets, SecretStore};
use chrono::{TimeDelta, Utc};
use finance::ids::ConnectionId;
use providers::ProviderError;
use providers::http::{HttpClient, Patience};
use providers::oauth::{Application, TokenSet};
use providers::registry::Provider;
use providers::session::{Endpoints, Secret, TokenSource};
use std::sync::Arc;
use uuid::Uuid;

const CONNECTION: ConnectionId = ConnectionId(Uuid::from_u128(7));

fn signed(access: &str, life: TimeDelta) -> Signed {
    Signed {
        application: Application {
            client_id: "client".to_owned(),
            secret: Some(Secret::new("canary-secret")),
            redirect: None,
        },
        tokens: TokenSet {
            access: Secret::new(access),
            refresh: Secret::new("refresh"),
            expires_at: Utc::now() + life,
        },
    }
}

/// Nothing listens there: whatever would be renewed cannot be reached.
fn source(secrets: &Arc<MemorySecrets>) -> KeptTokens {
    let nowhere = "http://127.0.0.1:1".to_owned();
    KeptTokens {
        connection: CONNECTION,
        secrets: secrets.clone(),
        http: HttpClient::new(Patience::USUAL).expect("a client"),
        endpoints: Endpoints {
            authorize: nowhere.clone(),
            token: nowhere.clone(),
            api: nowhere.clone(),
            companies: nowhere.clone(),
            issuer: nowhere,
        },
        registration: Provider::Sage.registration(),
        clock: Arc::new(SystemClock) as Arc<dyn Clock>,
        turn: Arc::default(),
    }
}

#[tokio::test]
async fn a_fresh_token_is_used_as_it_lies_there() {
    let secrets = Arc::new(MemorySecrets::default());
    tokens::keep(secrets.as_ref(), CONNECTION, &signed("one", TimeDelta::minutes(30)))
        .expect("kept");
    let token = source(&secrets).access_token().await.expect("a token");
    assert_eq!(token, Secret::new("one"));
}

#[tokio::test]
async fn a_token_that_someone_else_renewed_is_not_renewed_again() {
    let secrets = Arc::new(MemorySecrets::default());
    tokens::keep(secrets.as_ref(), CONNECTION, &signed("two", TimeDelta::minutes(30)))
        .expect("kept");
    let token = source(&secrets).renewed(&Secret::new("one")).await.expect("a token");
    assert_eq!(token, Secret::new("two"));
}

#[tokio::test]
async fn a_forgotten_token_asks_for_a_sign_in() {
    let secrets = Arc::new(MemorySecrets::default());
    tokens::keep(secrets.as_ref(), CONNECTION, &signed("one", TimeDelta::minutes(30)))
        .expect("kept");
    tokens::forget(secrets.as_ref(), CONNECTION).expect("forgotten");
    let refused = source(&secrets).access_token().await;
    assert_eq!(refused, Err(ProviderError::SignInNeeded));
    assert_eq!(secrets.find(&CONNECTION.to_string()), Ok(None));
}

#[tokio::test]
async fn a_token_that_ends_soon_is_renewed_before_it_is_used() {
    let secrets = Arc::new(MemorySecrets::default());
    tokens::keep(secrets.as_ref(), CONNECTION, &signed("one", TimeDelta::seconds(30)))
        .expect("kept");
    assert_eq!(source(&secrets).access_token().await, Err(ProviderError::NotReached));
}

#[test]
fn the_application_lies_with_its_tokens_and_is_forgotten_with_them() {
    let secrets = MemorySecrets::default();
    let signed = signed("one", TimeDelta::minutes(5));
    tokens::keep(&secrets, CONNECTION, &signed).expect("kept");
    assert_eq!(tokens::application(&secrets, CONNECTION), Some(signed.application));
    tokens::forget(&secrets, CONNECTION).expect("forgotten");
    assert_eq!(tokens::application(&secrets, CONNECTION), None);
}
