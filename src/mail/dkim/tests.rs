use super::*;
use crate::config::Config;
use ring::signature::{ED25519, UnparsedPublicKey};

/// The example of RFC 8463, without its second signature.
const RFC_8463: &str = "From: Joe SixPack <joe@football.example.com>\r\n\
    To: Suzie Q <suzie@shopping.example.net>\r\n\
    Subject: Is dinner ready?\r\n\
    Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
    Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\n\
    Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
const SIGNATURE: &str = " v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n \
    d=football.example.com; i=@football.example.com;\r\n \
    q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n \
    subject : date : message-id : from : subject : date;\r\n \
    bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=\r\n";
const PROOF: &str = "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
const PUBLIC: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

fn folder() -> String {
    format!("{}/src/mail/dkim/tests", env!("CARGO_MANIFEST_DIR"))
}

fn settings(rsa: &str, ed25519: &str) -> config::Mail {
    let env = [("HEARD__MAIL__FROM", "heard@example.org".to_owned()), ("HEARD__MAIL__DKIM_SELECTOR", "s1".to_owned())];
    let env = env.into_iter().map(|(k, v)| (k.to_owned(), v));
    let file = |name: &str| if name.is_empty() { String::new() } else { format!("{}/{name}", folder()) };
    let mail = Config::from_parts(None, env).unwrap().mail;
    config::Mail { dkim_rsa_key: file(rsa), dkim_ed25519_key: file(ed25519), ..mail }
}

fn signer() -> Signer {
    Signer::new(&settings("rsa.pem", "ed25519.pem"), "example.org").unwrap()
}

#[test]
fn the_example_of_the_standard_verifies() {
    let (fields, body) = split(RFC_8463.as_bytes()).unwrap();
    assert_eq!(BASE64.encode(&Sha256::digest(canonical::body(body))), "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    // They stand in the order in which h= names them.
    let mut hashed: Vec<u8> = fields.iter().flat_map(canonical::header).collect();
    hashed
        .extend(canonical::header(&Field { name: "DKIM-Signature", value: SIGNATURE }).strip_suffix(b"\r\n").unwrap());
    let key = UnparsedPublicKey::new(&ED25519, BASE64.decode(PUBLIC.as_bytes()).unwrap());
    key.verify(&Sha256::digest(&hashed), &BASE64.decode(PROOF.as_bytes()).unwrap()).unwrap();
}

#[test]
fn the_relaxed_forms_are_those_of_the_standard() {
    // RFC 6376 3.4.5
    let mail = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
    let (fields, body) = split(mail).unwrap();
    let head: Vec<u8> = fields.iter().flat_map(canonical::header).collect();
    assert_eq!(head, b"a:X\r\nb:Y Z\r\n");
    assert_eq!(canonical::body(body), b" C\r\nD E\r\n");
    assert_eq!(canonical::body(b"\r\n\r\n"), b"");
    assert_eq!(canonical::body(b"no end"), b"no end\r\n");
    assert_eq!(canonical::body(b"a\r\n\r\n  \r\nb\r\n"), b"a\r\n\r\n\r\nb\r\n");
}

#[test]
fn both_keys_sign_what_is_there() {
    let now = "2026-11-23T10:00:00Z".parse().unwrap();
    let mail = b"From: a@example.org\r\nList-Id: <x>\r\nX-Other: 1\r\n\r\nHello\r\n".to_vec();
    let signed = String::from_utf8(signer().sign(mail.clone(), now).unwrap()).unwrap();
    assert!(signed.ends_with(std::str::from_utf8(&mail).unwrap()));
    assert_eq!(signed.matches("h=From:List-Id;").count(), 2, "{signed}");
    assert!(signed.contains("s=s1;") && signed.contains("s=s1-ed25519;"), "{signed}");
    assert!(signed.lines().all(|line| line.len() <= 78), "{signed}");
    assert_eq!(signer().sign(mail.clone(), now).unwrap(), signed.as_bytes(), "every try is the same");
    assert_eq!(Signer::default().sign(mail.clone(), now).unwrap(), mail);
}

#[test]
fn the_dns_says_what_the_keys_are() {
    let [ed25519, rsa] = <[Record; 2]>::try_from(signer().records()).unwrap();
    assert_eq!(ed25519.name, "s1-ed25519._domainkey.example.org");
    assert!(rsa.value.starts_with("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"), "{}", rsa.value);
    assert!(rsa.zone_line().split('"').all(|string| string.len() <= 255));
    let key = rsa.value.rsplit_once("p=").unwrap().1;
    let (a, b) = key.split_at(100);
    assert!(rsa.is_said_by(&format!("v=DKIM1;p={a} {b};")), "rsa is what k= means when it is not there");
    for other in ["", "v=DKIM1; p=", "v=DKIM1; k=ed25519; p=x", &ed25519.value, &format!("k=ed25519;p={key}")] {
        assert!(!rsa.is_said_by(other), "{other}");
    }
}

#[test]
fn wrong_files_are_named() {
    for (rsa, ed25519, said) in [
        ("nothing.pem", "", "No such file"),
        ("../tests.rs", "", "no private key in PEM"),
        ("ed25519.pem", "", "not an RSA key"),
        ("rsa-1024.pem", "", "not an RSA key of 2048 bits or more"),
        ("", "rsa.pem", "not an Ed25519 key"),
        ("", "rsa-pkcs1.pem", "not an Ed25519 key"),
    ] {
        let error = Signer::new(&settings(rsa, ed25519), "example.org").unwrap_err().to_string();
        assert!(error.contains(said) && error.contains(".pem") | error.contains(".rs"), "{error}");
    }
    assert!(Signer::new(&settings("rsa-pkcs1.pem", ""), "example.org").unwrap().is_on());
    assert!(!Signer::new(&settings("", ""), "example.org").unwrap().is_on());
}

#[test]
fn keys_are_made_once_and_read_by_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("heard-dkim-{}", crate::id::secret()));
    let args = command::DkimArgs { folder: folder.clone() };
    let config = Config::from_parts(None, [("HEARD__MAIL__FROM".to_owned(), "heard@acme.example".to_owned())]).unwrap();
    let mut out = Vec::new();
    command::command(&config, &args, &mut out).unwrap();
    let said = String::from_utf8(out).unwrap();
    assert!(said.contains("heard._domainkey.acme.example. IN TXT ( \"v=DKIM1; k=rsa; p=MIIB"), "{said}");
    assert!(said.contains("heard-ed25519._domainkey.acme.example. IN TXT ( \"v=DKIM1; k=ed25519; p="), "{said}");
    for name in ["rsa.pem", "ed25519.pem"] {
        let mode = std::fs::metadata(folder.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert!(command::command(&config, &args, &mut Vec::new()).is_err(), "nothing is overwritten");
    std::fs::remove_dir_all(folder).unwrap();
}
