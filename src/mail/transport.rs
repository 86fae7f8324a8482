//! stub
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent(String),
    Retry(String),
    Refused(String),
    Failed(String),
    Unknown(String),
    SenderStopped(String),
    Unreachable(String),
}
