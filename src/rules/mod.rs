//! What admins decide about cases that come in: what is promised to whom, and who gets them. The tables are small, so
//! every node keeps a [`Rulebook`] of them and reads it again when somebody has changed something.

pub mod criteria;
pub mod rulebook;
pub mod store;

pub use criteria::{Criteria, Facts};
pub use rulebook::{Assignment, Policy, Rulebook, Team};

use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use std::sync::{Arc, RwLock};

/// The rules as this node knows them.
pub struct Rules(RwLock<Arc<Rulebook>>);

impl Rules {
    /// Reads them for the first time.
    pub async fn load(db: &Db) -> Result<Rules> {
        Ok(Rules(RwLock::new(Arc::new(db.read(store::rulebook).await?))))
    }

    /// A snapshot that stays the same while it is used.
    pub fn current(&self) -> Arc<Rulebook> {
        match self.0.read() {
            Ok(rules) => Arc::clone(&rules),
            // A snapshot is replaced whole: whoever panicked meanwhile left a good one behind.
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        }
    }

    /// Reads them again if another version stands in the database.
    pub async fn refresh(&self, db: &Db) -> Result<()> {
        let known = self.current().version;
        let newer = db.read(move |c| if store::version(c)? == known { Ok(None) } else { store::rulebook(c).map(Some) });
        if let Some(rulebook) = newer.await? {
            match self.0.write() {
                Ok(mut rules) => *rules = Arc::new(rulebook),
                Err(_) => return Err(Error::internal("the rules cannot be replaced")),
            }
        }
        Ok(())
    }
}

/// Call it in the transaction that changes a calendar, a policy, an assignment rule, or a team's calendar, lead or head;
/// then [`Rules::refresh`] after it. Open cases are re-evaluated by a job.
pub fn changed(c: &mut Conn) -> Result<()> {
    store::next_version(c)
}
