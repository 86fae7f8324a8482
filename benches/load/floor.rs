//! What the parts can do at most: rows of the same number and size through the same writer, the same template from a
//! constant, each behind a bare route.

use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpResponse, HttpServer};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use heard::app::App;
use heard::db::Conn;
use heard::error::{Error, Result};
use heard::i18n::Lang;
use heard::id::new_id;
use heard::templates::context;
use serde_json::{Value, json};

/// Bytes of the rows of one submission: feedback, case, journal, search words, mail.
const ROWS: [usize; 5] = [420, 120, 110, 180, 420];

pub async fn serve(app: Data<App>) -> Result<u16> {
    app.db
        .write(|c| {
            Ok(diesel::sql_query("create table floor_rows (id bigint primary key, body text not null)").execute(c)?)
        })
        .await?;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(Error::internal)?;
    let port = listener.local_addr().map_err(Error::internal)?.port();
    let pages = Data::new((constant_queue()?, constant_case()?));
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(app.clone())
            .app_data(pages.clone())
            .route("/write", web::post().to(write))
            .route("/queue", web::get().to(queue))
            .route("/case", web::get().to(case))
    });
    let server = server.workers(2).disable_signals().listen(listener).map_err(Error::internal)?.run();
    actix_web::rt::spawn(server);
    Ok(port)
}

async fn write(app: Data<App>, body: Bytes) -> Result<HttpResponse> {
    let length = body.len();
    app.db.write(move |c| ROWS.iter().try_for_each(|size| Ok(row(c, *size)?))).await?;
    Ok(HttpResponse::Created().json(json!({"length": length})))
}

fn row(c: &mut Conn, size: usize) -> QueryResult<()> {
    diesel::sql_query("insert into floor_rows (id, body) values ($1, $2)")
        .bind::<BigInt, _>(new_id())
        .bind::<Text, _>("x".repeat(size))
        .execute(c)
        .map(|_| ())
}

async fn queue(app: Data<App>, pages: Data<(Value, Value)>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok()
        .content_type("text/html")
        .body(app.templates.html("cases/queue", &context(Lang::En, pages.0.clone())?)?))
}

async fn case(app: Data<App>, pages: Data<(Value, Value)>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok()
        .content_type("text/html")
        .body(app.templates.html("cases/case", &context(Lang::En, pages.1.clone())?)?))
}

/// The context of a queue page: one line, fifty times.
fn constant_queue() -> Result<Value> {
    let mut context: Value = serde_json::from_str(include_str!("queue.json")).map_err(Error::internal)?;
    context["lines"] = Value::Array(vec![context["lines"][0].clone(); 50]);
    Ok(context)
}

fn constant_case() -> Result<Value> {
    serde_json::from_str(include_str!("case.json")).map_err(Error::internal)
}
