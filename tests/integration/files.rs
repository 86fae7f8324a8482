//! Files that come with words: what is taken, in which shape it is kept, and who may have it.

mod hostile;
mod pictures;
mod words;

use crate::support::{Actor, Answer, World};
use heard::files::store::{self, File};
use heard::id;

/// What somebody types who answers by mail.
pub const BY_MAIL: &[(&str, &str)] = &[
    ("text", "The door does not open. See the picture."),
    ("kind", "problem"),
    ("voice", "customer"),
    ("answer", "email"),
    ("email", "anna@example.org"),
    ("name", "Anna"),
];
pub const ANONYMOUS: &[(&str, &str)] =
    &[("text", "The door does not open."), ("kind", "problem"), ("voice", "employee"), ("answer", "anonymous")];

pub async fn submit(who: &Actor, form: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let files: Vec<(&str, &str, &[u8])> = files.iter().map(|(name, bytes)| ("files", *name, *bytes)).collect();
    who.upload("/feedback", form, &files).await
}

/// The reference on a confirmation page.
pub fn reference(page: &Answer) -> String {
    let at = page.body.find("F-").expect("there is a reference");
    id::parse_reference(&page.body[at..at + 9]).expect("it is one")
}

/// The only case there is, and its files.
pub async fn kept(world: &World) -> (i64, Vec<File>) {
    use diesel::prelude::*;
    use heard::db::schema::cases;
    world
        .read(|c| {
            let case: i64 = cases::table.select(cases::id).order(cases::id).first(c)?;
            Ok((case, store::of_case(c, case)?))
        })
        .await
}

pub async fn bytes(world: &World, id: i64) -> Vec<u8> {
    world.read(move |c| Ok(store::bytes(c, id)?)).await
}

/// Where the originator follows a case.
pub fn track(world: &World, case: i64) -> String {
    format!("/t/{}", world.app.secret.dated_token(heard::secret::Purpose::Track, case, world.now()).unwrap())
}
