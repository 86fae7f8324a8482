//! What pages and API share: who looks, what comes in, how errors are answered, what every answer carries.

pub mod assets;
pub mod forms;
pub mod guard;
pub mod limits;
pub mod page;
pub mod paging;
pub mod passing;
pub mod problems;
mod typed;
pub mod upload;
pub mod viewer;

pub use forms::{Form, Json};
pub use page::Page;
pub use upload::Upload;
pub use viewer::{Role, Viewer};
