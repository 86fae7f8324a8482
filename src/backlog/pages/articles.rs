//! `GET /changes/articles`: the articles of the knowledge base, those that need somebody first.

use super::staff;
use crate::backlog::articles::{self, Article};
use crate::error::Result;
use crate::web::page::Page;
use actix_web::HttpResponse;
use serde_json::{Value, json};

pub async fn show(page: Page) -> Result<HttpResponse> {
    staff(&page)?;
    let today = page.today();
    let articles = page.app.db.read(move |c| Ok(articles::all(c, today)?)).await?;
    page.render("backlog/articles", json!({"articles": articles.iter().map(row).collect::<Vec<_>>()}))
}

fn row(article: &Article) -> Value {
    json!({
        "reference": article.change.reference,
        "title": article.change.title,
        "status": article.change.status,
        "url": article.plan.article_url,
        "keeper": article.keeper,
        "freshness": article.freshness,
    })
}
