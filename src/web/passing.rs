//! What is counted of every request, and the end of connections when the process is about to end.

use super::viewer::app_of;
use crate::app::App;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

/// A request that is under way until this is dropped: its answer has left us, or its reader has gone.
struct UnderWay(Data<App>);

impl UnderWay {
    fn begin(app: Data<App>) -> UnderWay {
        app.node.traffic.begin();
        UnderWay(app)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.node.traffic.end();
    }
}

/// An answer that counts as under way until its body has been sent.
pub struct Counted {
    body: BoxBody,
    _under_way: UnderWay,
}

impl MessageBody for Counted {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_next(cx)
    }
}

/// Middleware: counts requests and how long they take. After the process was told to stop every answer closes its
/// connection, so that the next request goes elsewhere.
pub async fn count<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<Counted>, actix_web::Error> {
    let app = app_of(req.request())?;
    let (under_way, began) = (UnderWay::begin(app.clone()), Instant::now());
    let mut response = next.call(req).await?;
    app.node.traffic.answered(response.status().as_u16(), began.elapsed());
    if app.stopping() {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response.map_into_boxed_body().map_body(|_, body| Counted { body, _under_way: under_way }))
}
