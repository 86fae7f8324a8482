//! Serving: how a request passes through the product, and how the process starts and stops.

use crate::app::{self, App};
use crate::error::{Error, Result};
use crate::node;
use crate::web::{guard, passing, problems};
use actix_web::body::MessageBody;
use actix_web::dev::{ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{HttpMessage, HttpServer, web};
use std::net::TcpListener;
use std::time::Duration;
use tracing_actix_web::{RequestId, RootSpanBuilder, TracingLogger};

/// The whole product for one worker thread; tests use the same.
pub fn assemble(
    app: web::Data<App>,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    actix_web::App::new()
        .app_data(app)
        .configure(app::mount)
        .default_service(web::to(|| async { Err::<&str, Error>(Error::NotFound) }))
        .wrap(from_fn(guard::same_site))
        .wrap(from_fn(problems::answer_errors))
        .wrap(from_fn(guard::security_headers))
        .wrap(from_fn(guard::head_as_get))
        .wrap(Compress::default())
        .wrap(from_fn(passing::count))
        .wrap(TracingLogger::<Quiet>::new())
}

/// What is logged of a request: its pattern, not its path, because paths hold tokens; no address, no browser.
pub struct Quiet;

impl RootSpanBuilder for Quiet {
    fn on_request_start(request: &ServiceRequest) -> tracing::Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        tracing::info_span!("request", id, method = %request.method(), route = tracing::field::Empty, status = tracing::field::Empty)
    }

    fn on_request_end<B: MessageBody>(
        span: tracing::Span,
        outcome: &std::result::Result<ServiceResponse<B>, actix_web::Error>,
    ) {
        if let Ok(response) = outcome {
            span.record("route", response.request().match_pattern().unwrap_or_else(|| "none".into()));
            span.record("status", response.status().as_u16());
        }
        span.in_scope(|| tracing::debug!("answered"));
    }
}

/// Opens the address to listen on; before anything else, so that a taken port is said at once.
pub fn listen(bind: &str) -> Result<TcpListener> {
    TcpListener::bind(bind).map_err(|e| Error::internal(format!("cannot listen on {bind}: {e}")))
}

/// All that answers requests has ended so long after the process was told to stop, whoever is still connected.
pub const LONGEST_STOP: Duration = Duration::from_secs(25);
/// An answer is handed to the system, which sends it, a moment before it counts as gone.
const SETTLED: Duration = Duration::from_millis(200);

/// Serves until the process is told to stop, then finishes what is under way.
pub async fn serve(app: web::Data<App>, listener: TcpListener) -> Result<()> {
    let workers = match app.config.http.workers {
        0 => std::thread::available_parallelism().map_or(2, usize::from),
        n => n,
    };
    let shared = app.clone();
    let server = HttpServer::new(move || assemble(shared.clone()))
        .workers(workers)
        .worker_max_blocking_threads(32)
        .keep_alive(Duration::from_secs(75))
        .client_request_timeout(Duration::from_secs(30))
        .shutdown_timeout(LONGEST_STOP.as_secs())
        .disable_signals()
        .listen(listener)
        .map_err(Error::internal)?
        .run();
    let handle = server.handle();
    actix_web::rt::spawn(stop_when_told(app.clone()));
    tokio::select! {
        ended = server => ended.map_err(Error::internal),
        () = ending(&app, handle) => Ok(()),
    }
}

/// Load balancers are given time to look away, while requests are answered as ever and connections closed behind them.
/// Then nothing new is taken, and what is under way ends. Connections on which nothing happens are not waited for:
/// the server itself would give them all its time.
async fn ending(app: &App, server: ServerHandle) {
    app.stopped().await;
    tokio::time::sleep(Duration::from_secs(app.config.http.stop_grace_seconds)).await;
    actix_web::rt::spawn(server.stop(true));
    let mut quiet = Duration::ZERO;
    while quiet < SETTLED && !app.left_of(LONGEST_STOP).is_zero() {
        let step = SETTLED / 4;
        tokio::time::sleep(step).await;
        quiet = if app.node.traffic.under_way() == 0 { quiet + step } else { Duration::ZERO };
    }
}

/// The first signal ends the process in order, the second at once.
pub async fn stop_when_told(app: web::Data<App>) {
    wait_for_signal().await;
    tracing::info!("stopping: finishing what is under way");
    app.stop();
    if let Err(e) = node::beat(&app).await {
        tracing::warn!(error = %e, "other nodes could not be told that this one stops");
    }
    wait_for_signal().await;
    tracing::warn!("told twice: stopping at once");
    std::process::exit(1);
}

/// Resolves when Ctrl-C or SIGTERM arrives.
pub async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(e) => {
            tracing::error!(error = %e, "SIGTERM cannot be heard; only Ctrl-C stops this process");
            return tokio::signal::ctrl_c().await.unwrap_or_default();
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        pressed = tokio::signal::ctrl_c() => if let Err(e) = pressed { tracing::error!(error = %e, "Ctrl-C cannot be heard") },
    }
}
