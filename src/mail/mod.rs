//! stub
pub mod letters;
pub mod message;
pub mod outbox;
pub mod transport;
pub struct Mailer;
impl Mailer {
    pub fn new(
        _: &crate::config::Config,
        _: std::sync::Arc<crate::templates::Templates>,
    ) -> crate::error::Result<Mailer> {
        Ok(Mailer)
    }
    pub fn is_local(&self) -> bool {
        true
    }
}
