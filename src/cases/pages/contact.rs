//! Correcting the address of whoever the case is from.

use super::{done, work};
use crate::cases::actions::{self, Seen};
use crate::error::Result;
use crate::web::{Form, Page};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// As it was filled in.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ContactForm {
    email: String,
    #[serde(skip_serializing)]
    seen: Option<Seen>,
}

/// `POST /cases/{reference}/contact`
pub async fn correct(page: Page, reference: web::Path<String>, form: Form<ContactForm>) -> Result<HttpResponse> {
    let ContactForm { email, seen } = form.0;
    let typed = json!({"email": email});
    let corrected = work(&page, &reference, seen, move |c, desk, scope, by, reference| {
        actions::correct_contact(c, desk, scope, by, reference, &email)
    });
    done(&page, &reference, seen, corrected.await, "contact-corrected", typed).await
}
