//! How fast the product is on this machine, beside what its parts can do at most in the same run.
//!
//! `cargo bench --bench load -- --cases 100000` prints a table; `--database postgres://…` takes a fresh database there;
//! `--queue` measures the views of the queue alone, `--backlog` those of the backlog, `--digest` a digest for 100,000
//! readers (each with `--cases 1000000`).
//! Server and client share the machine. Ratios count, not the figures themselves.

mod load {
    pub mod backlog;
    pub mod client;
    pub mod digest;
    pub mod floor;
    pub mod queue;
    pub mod seed;
    pub mod start;
    pub mod sweep;
}

use actix_web::web::Data;
use heard::app::App;
use heard::clock::Clock;
use heard::config::Config;
use heard::server;
use load::client::{self, Load};
use load::{backlog, digest, floor, queue, seed, start, sweep};
use std::net::TcpListener;
use std::time::Duration;

const CONNECTIONS: usize = 64;
const SECONDS: u64 = 5;
/// Pages are asked for over fewer connections: a reader waits for a page, a queue of 64 would only measure waiting.
const READERS: usize = 8;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let option = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let cases: usize = option("--cases").and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = std::env::temp_dir().join(format!("heard-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let database = option("--database").unwrap_or_else(|| format!("sqlite://{}/heard.db", folder.display()));
    let only = ["--queue", "--backlog", "--digest"].into_iter().find(|only| args.iter().any(|arg| arg == only));
    let measured = actix_web::rt::System::new().block_on(measure(&folder, &database, cases, only));
    std::fs::remove_dir_all(&folder)?;
    measured.map_err(std::io::Error::other)
}

async fn measure(
    folder: &std::path::Path,
    database: &str,
    cases: usize,
    only: Option<&str>,
) -> heard::error::Result<()> {
    let app = Data::new(App::build(settings(folder, database)?, Clock::System).await?);
    let seeded = seed::fill(&app, folder, cases).await?;
    println!("cores {}, {database}", std::thread::available_parallelism().map_or(0, usize::from));
    println!("import: {} cases, {:.0} a second", cases, cases as f64 / seeded.took.as_secs_f64());
    let (full, empty) = sweep::measure(&app).await?;
    println!("sweep: {} due in {:.1} ms, none due in {:.2} ms", sweep::DUE, millis(full), millis(empty));

    let product = serve(app.clone())?;
    match only {
        Some("--queue") => return queue::measure(&app, product).await,
        Some("--digest") => return digest::measure(&app, product, &seeded.cookie).await,
        Some(_) => return backlog::measure(&app, product, &seeded.cookie).await,
        None => {}
    }
    let bare = floor::serve(app.clone()).await?;
    println!("\n{:<34} {:>10} {:>10} {:>10} {:>8}", "", "a second", "p50 ms", "p99 ms", "of floor");
    let submission = client::post_json("/api/v1/feedback", &seed::submission());
    compare(
        "submissions, durable",
        CONNECTIONS,
        (bare, client::post_json("/write", &seed::submission())),
        (product, submission),
    )
    .await;
    let cookie = seeded.cookie.as_str();
    let queue = client::get("/cases?view=open", cookie);
    compare("queue page, 50 rows", READERS, (bare, client::get("/queue", cookie)), (product, queue)).await;
    let case = client::get(&format!("/cases/{}", seeded.reference), cookie);
    compare("case page", READERS, (bare, client::get("/case", cookie)), (product, case)).await;
    queue::measure(&app, product).await?;
    println!();
    start::measure(folder, database);
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The same load on the floor and on the product, by turns, so that both see the same machine.
async fn compare(name: &str, connections: usize, floor: (u16, String), product: (u16, String)) {
    let load = |(port, request): (u16, String)| Load { port, request, connections, time: Duration::from_secs(SECONDS) };
    let _warm = client::run(Load { time: Duration::from_secs(1), ..load(product.clone()) }).await;
    let most = client::run(load(floor)).await;
    let ours = client::run(load(product)).await;
    println!("{:<34} {:>10.0} {:>10.2} {:>10.2}", format!("{name}: floor"), most.rate, most.p50, most.p99);
    let share = 100.0 * ours.rate / most.rate;
    println!(
        "{:<34} {:>10.0} {:>10.2} {:>10.2} {:>7.0}%",
        format!("{name}: Heard"),
        ours.rate,
        ours.p50,
        ours.p99,
        share
    );
    for answers in [most, ours] {
        if answers.failed > 0 {
            println!("  {} answers were no success, the first: {}", answers.failed, answers.first_failure);
        }
    }
}

fn serve(app: Data<App>) -> heard::error::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(heard::error::Error::internal)?;
    let port = listener.local_addr().map_err(heard::error::Error::internal)?.port();
    actix_web::rt::spawn(server::serve(app, listener));
    Ok(port)
}

fn settings(folder: &std::path::Path, database: &str) -> heard::error::Result<Config> {
    let env = [
        ("HEARD__DATABASE__URL", database.to_owned()),
        ("HEARD__MAIL__URL", format!("local:{}", folder.join("mail").display())),
        ("HEARD__LIMITS__ENABLED", "false".to_owned()),
    ];
    Config::from_parts(None, env.map(|(k, v)| (k.to_owned(), v)))
}
