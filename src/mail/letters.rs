//! stub
use serde::Serialize;
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    pub reference: String,
    pub own_words: String,
    pub promised_by: String,
    pub tracking_url: String,
}
#[derive(Clone, Debug, Serialize)]
pub struct Reply {
    pub reference: String,
    pub title: String,
    pub message: String,
    pub author: Option<String>,
    pub tracking_url: String,
}
#[derive(Clone, Debug, Serialize)]
pub struct Closure {
    pub reference: String,
    pub own_words: String,
    pub outcome: String,
    pub change: Option<String>,
    pub message: String,
    pub author: Option<String>,
    pub tracking_url: String,
}
