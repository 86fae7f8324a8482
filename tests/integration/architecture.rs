//! Slices import only from slices above them, so that the house can grow without knots.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// From the base upwards; a module may use what stands before it in the list. The base may use itself freely.
const BASE: &[&str] = &[
    "config",
    "error",
    "clock",
    "id",
    "secret",
    "db",
    "i18n",
    "markdown",
    "templates",
    "mail",
    "journal",
    "node",
    "web",
    "files",
    "sla",
    "rules",
];
const SLICES: &[&str] = &[
    "people", "feedback", "cases", "policies", "backlog", "council", "search", "digest", "thanks", "inbound",
    "backups", "status", "api",
];
const PRODUCT: &[&str] = &["app", "server", "schedule", "demo", "ops", "cli", "main", "lib"];

/// `App` is what requests carry; every slice may name it.
const EVERYWHERE: &[&str] = &["app"];

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (module, text) in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        for line in text.lines().filter(|l| l.contains("crate::") && !l.trim_start().starts_with("//")) {
            for used in line
                .split("crate::")
                .skip(1)
                .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
            {
                if !allowed(&module, used) {
                    wrong.push(format!("{module} uses {used}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn allowed(module: &str, used: &str) -> bool {
    let place = |name: &str| SLICES.iter().position(|s| *s == name);
    if module == used || EVERYWHERE.contains(&used) || PRODUCT.contains(&module) {
        return true;
    }
    match (place(module), place(used)) {
        (_, None) => BASE.contains(&used) || !PRODUCT.contains(&used),
        (None, Some(_)) => false,
        (Some(from), Some(to)) => to < from,
    }
}

#[test]
fn every_module_is_in_the_list() {
    let known = |name: &str| [BASE, SLICES, PRODUCT].concat().contains(&name);
    let modules = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let unknown: Vec<&String> = modules.keys().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn only_db_knows_which_database_it_is() {
    for (module, text) in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let asks = text.contains("Conn::Pg") || text.contains("Conn::Sqlite");
        assert!(!asks || module == "db", "{module} asks which database it is");
    }
}

/// The text of each top module: its file and its folder together.
fn sources(root: &Path) -> BTreeMap<String, String> {
    let mut modules = BTreeMap::new();
    collect(root, root, &mut modules);
    modules
}

fn collect(root: &Path, folder: &Path, modules: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, modules);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let first = path.strip_prefix(root).unwrap().components().next().unwrap();
            let module = Path::new(first.as_os_str()).file_stem().unwrap().to_string_lossy().into_owned();
            modules.entry(module).or_default().push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}
