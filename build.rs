//! Tells Cargo that new message files, templates and migrations, which macros embed, mean a new build.

fn main() {
    for folder in ["config/locales", "migrations", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
