//! A product to test against, on either database, with the clock held still and people as the way in.

use actix_web::cookie::Cookie;
use actix_web::dev::Service;
use actix_web::http::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use actix_web::http::{Method, StatusCode};
use actix_web::{test, web};
use chrono::{DateTime, TimeZone, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use heard::app::App;
use heard::clock::Clock;
use heard::config::Config;
use heard::db::Conn;
use heard::db::conn::{Location, Use};
use heard::db::schema::people;
use heard::db::types::Ts;
use heard::i18n::Lang;
use heard::id;
use heard::web::viewer::{Role, start_session};
use serde_json::Value;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Declares a test that runs on SQLite, and on PostgreSQL where there is one.
#[macro_export]
macro_rules! both {
    ($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            async fn behaviour($world: $crate::support::World) $body

            #[actix_web::test]
            async fn sqlite() {
                behaviour($crate::support::World::sqlite().await).await;
            }
            #[actix_web::test]
            async fn postgres() {
                match $crate::support::World::postgres().await {
                    Some(world) => behaviour(world).await,
                    None => eprintln!("no PostgreSQL: set HEARD_TEST_POSTGRES or use tests/run"),
                }
            }
        }
    };
}

type Call = Rc<dyn Fn(test::TestRequest) -> Pin<Box<dyn Future<Output = Answer>>>>;

/// One product with a database of its own.
#[derive(Clone)]
pub struct World {
    pub app: web::Data<App>,
    call: Call,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: actix_web::web::Bytes,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|h| h.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    /// The value of a cookie that this answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set =
            self.headers.get_all(SET_COOKIE).filter_map(|h| Cookie::parse_encoded(h.to_str().ok()?.to_owned()).ok());
        set.filter(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned()).last()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Answer {
        assert!(self.body.contains(text), "{text:?} is not in: {}", self.body);
        self
    }
}

/// The moment at which every world starts: a Monday morning.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
}

fn folder() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join("heard-tests").join(id::secret());
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The address of a fresh PostgreSQL database, if there is a server.
pub fn fresh_postgres() -> Option<String> {
    let server = std::env::var("HEARD_TEST_POSTGRES").ok()?;
    let name = format!("heard_{}", id::secret().to_lowercase());
    let mut c = Conn::open(&Location::Postgres(server.clone()), Use::Write).expect("the test server answers");
    c.batch_execute(&format!("create database {name}")).unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(format!("{base}/{name}"))
}

impl World {
    pub async fn sqlite() -> World {
        World::with(&format!("sqlite://{}/heard.db", folder().display()), &[]).await
    }

    pub async fn postgres() -> Option<World> {
        Some(World::with(&fresh_postgres()?, &[]).await)
    }

    /// The same database with other settings, such as rate limits switched on.
    pub async fn again(&self, settings: &[(&str, &str)]) -> World {
        World::with(&self.app.config.database.url.clone(), settings).await
    }

    /// One on the database at this address.
    pub async fn at(database: &str) -> World {
        World::with(database, &[]).await
    }

    pub async fn with(database: &str, settings: &[(&str, &str)]) -> World {
        // What the product logs is shown beside a test that fails.
        let log = tracing_subscriber::fmt().with_env_filter("warn").with_test_writer();
        let _ = log.try_init();
        let mut env = vec![
            ("HEARD__DATABASE__URL".to_owned(), database.to_owned()),
            ("HEARD__DATABASE__CONNECTIONS".to_owned(), "4".to_owned()),
            ("HEARD__MAIL__URL".to_owned(), format!("local:{}", folder().display())),
            ("HEARD__LIMITS__ENABLED".to_owned(), "false".to_owned()),
        ];
        env.extend(settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        let config = Config::from_parts(None, env).unwrap();
        let app = web::Data::new(App::build(config, Clock::fixed(start())).await.unwrap());
        let service = Rc::new(test::init_service(heard::server::assemble(app.clone())).await);
        let call: Call = Rc::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let response = service.call(request.to_request()).await.unwrap_or_else(|e| panic!("{e}"));
                let (status, headers) = (response.status(), response.headers().clone());
                let bytes = test::read_body(response).await;
                let body = String::from_utf8_lossy(&bytes).into_owned();
                Answer { status, headers, body, bytes }
            })
        });
        World { app, call }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub fn advance(&self, by: chrono::Duration) {
        self.app.clock.advance(by);
    }

    /// Lets the ten seconds pass in which a reply can be taken back.
    pub async fn send_replies(&self) {
        self.advance(chrono::Duration::seconds(10));
        heard::schedule::replies(self.app.clone()).await.unwrap();
    }

    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> heard::error::Result<T> + Send + 'static,
    ) -> T {
        self.app.db.read(work).await.unwrap()
    }

    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> heard::error::Result<T> + Send + 'static,
    ) -> T {
        self.app.db.write(work).await.unwrap()
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Actor {
        Actor { world: self.clone(), cookies: Rc::default(), id: 0, email: String::new() }
    }

    /// A new person of this role, signed in. Their address is `<name>@heard.example`.
    pub async fn person(&self, name: &str, role: Role) -> Actor {
        self.member(name, role, None).await
    }

    pub async fn member(&self, name: &str, role: Role, team_id: Option<i64>) -> Actor {
        let email = format!("{}@heard.example", name.to_lowercase());
        let (person_id, now) = (id::new_id(), self.now());
        let row = (
            people::id.eq(person_id),
            people::email.eq(email.clone()),
            people::name.eq(name.to_owned()),
            people::lang.eq(Lang::En),
            people::role.eq(role),
            people::team_id.eq(team_id),
            people::created_at.eq(Ts::from(now)),
        );
        let token = self
            .write(move |c| {
                diesel::insert_into(people::table).values(row).execute(c)?;
                Ok(start_session(c, person_id, "test", now)?)
            })
            .await;
        let actor = Actor { id: person_id, email, ..self.stranger() };
        actor.set_cookie("heard", &token);
        actor
    }
}

/// The content type of [`multipart`].
pub const MULTIPART: &str = "multipart/form-data; boundary=----a-form";

/// A form with files as browsers write it.
pub fn multipart(form: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in form {
        body.extend(
            format!("------a-form\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    for (field, name, bytes) in files {
        let head = format!("------a-form\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n");
        body.extend(format!("{head}Content-Type: application/octet-stream\r\n\r\n").bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"------a-form--\r\n");
    body
}

/// Somebody who uses the product through a browser or the API; keeps cookies.
#[derive(Clone)]
pub struct Actor {
    pub world: World,
    cookies: Rc<RefCell<Vec<(String, String)>>>,
    pub id: i64,
    pub email: String,
}

impl Actor {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    /// Sends a form as a browser on our own pages does.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(form).unwrap();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.send(Method::POST, path, &headers, Some(body)).await
    }

    /// Sends a form with files as a browser on our own pages does; a file is its field, its name and its bytes.
    pub async fn upload(&self, path: &str, form: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let headers = [("content-type", MULTIPART), ("sec-fetch-site", "same-origin")];
        self.send_bytes(Method::POST, path, &headers, Some(multipart(form, files))).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        self.send_bytes(method, path, headers, body.map(String::into_bytes)).await
    }

    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        let peer = "192.0.2.1:50000".parse().unwrap();
        let mut request = test::TestRequest::with_uri(path).method(method).peer_addr(peer);
        for header in headers {
            request = request.insert_header(*header);
        }
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.insert_header((COOKIE, cookies.join("; ")));
        }
        if let Some(body) = body {
            request = request.set_payload(body);
        }
        let answer = (self.world.call)(request).await;
        for set in answer.headers.get_all(SET_COOKIE) {
            if let Ok(cookie) = Cookie::parse(set.to_str().unwrap().to_owned()) {
                self.set_cookie(cookie.name(), cookie.value());
            }
        }
        answer
    }

    /// Sends JSON, with a bearer token if there is one.
    pub async fn json(&self, method: Method, path: &str, token: Option<&str>, body: &Value) -> Answer {
        let bearer = token.map(|t| format!("Bearer {t}"));
        let mut headers = vec![(CONTENT_TYPE.as_str(), "application/json")];
        headers.extend(bearer.as_deref().map(|b| ("authorization", b)));
        self.send(method, path, &headers, Some(body.to_string())).await
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.borrow_mut();
        cookies.retain(|(n, _)| n != name);
        if !value.is_empty() {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}
