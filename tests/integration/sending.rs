//! What admins see of the DNS, asked of a server that is as small as can be.

use crate::both;
use crate::support::World;
use heard::web::viewer::Role;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;

const TXT: u16 = 16;
const MX: u16 = 15;

/// What a name says, by type of record. Nothing at all is answered about names that begin with "silent".
type Zone = HashMap<(String, u16), Vec<String>>;

fn zone(records: &[(&str, u16, &str)]) -> Zone {
    let mut zone = Zone::new();
    for (name, kind, value) in records {
        zone.entry(((*name).to_owned(), *kind)).or_default().push((*value).to_owned());
    }
    zone
}

/// Serves a zone over UDP for as long as the test lasts.
async fn dns(zone: Zone) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            if let Some(answer) = answer(&buffer[..length], &zone) {
                socket.send_to(&answer, from).await.unwrap();
            }
        }
    });
    address
}

/// RFC 1035: the question back, and a record for each value; "no such name" where there is none.
fn answer(query: &[u8], zone: &Zone) -> Option<Vec<u8>> {
    let (mut at, mut labels) = (12, Vec::new());
    while query[at] != 0 {
        let end = at + 1 + usize::from(query[at]);
        labels.push(String::from_utf8_lossy(&query[at + 1..end]).to_lowercase());
        at = end;
    }
    let (name, kind) = (labels.join("."), u16::from_be_bytes([query[at + 1], query[at + 2]]));
    if name.contains("silent") {
        return None;
    }
    let values = zone.get(&(name, kind)).cloned().unwrap_or_default();
    let code = if values.is_empty() { 0x83 } else { 0x80 };
    let mut answer = [&query[..2], &[0x81, code, 0, 1, 0, values.len() as u8, 0, 0, 0, 0], &query[12..at + 5]].concat();
    for value in values {
        let data = if kind == MX { exchange(&value) } else { strings(&value) };
        answer.extend([0xc0, 12]);
        answer.extend(kind.to_be_bytes());
        answer.extend([0, 1, 0, 0, 0, 60]);
        answer.extend((data.len() as u16).to_be_bytes());
        answer.extend(data);
    }
    Some(answer)
}

fn strings(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(255).flat_map(|piece| [&[piece.len() as u8], piece].concat()).collect()
}

fn exchange(host: &str) -> Vec<u8> {
    let mut data = vec![0, 10];
    for label in host.split('.').filter(|label| !label.is_empty()) {
        data.push(label.len() as u8);
        data.extend(label.bytes());
    }
    data.push(0);
    data
}

/// The product with keys of its own, asking this server.
async fn signing(world: &World, from: &str, resolver: SocketAddr) -> World {
    let keys = format!("{}/src/mail/dkim/tests", env!("CARGO_MANIFEST_DIR"));
    let settings = [
        ("HEARD__MAIL__FROM", from.to_owned()),
        ("HEARD__INBOUND__ADDRESS", from.replace("heard@", "feedback@")),
        ("HEARD__MAIL__DKIM_RSA_KEY", format!("{keys}/rsa.pem")),
        ("HEARD__MAIL__DKIM_ED25519_KEY", format!("{keys}/ed25519.pem")),
        ("HEARD__MAIL__RESOLVER", resolver.to_string()),
    ];
    world.again(&settings.each_ref().map(|(name, value)| (*name, value.as_str()))).await
}

both! {
    async fn a_domain_that_says_everything(world: World) {
        let records = signing(&world, "heard@acme.org", "127.0.0.1:9".parse().unwrap()).await.app.mailer.identity().keys;
        let [ed25519, rsa] = &records[..] else { panic!("{records:?}") };
        let published = dns(zone(&[
            ("acme.org", TXT, "a word about something else"),
            ("acme.org", TXT, "v=spf1 include:_spf.mailer.example -all"),
            (&rsa.name, TXT, &rsa.value),
            (&ed25519.name, TXT, &ed25519.value),
            ("_dmarc.acme.org", TXT, "v=DMARC1; p=reject"),
            ("acme.org", MX, "mx.acme.org"),
        ]));
        let world = signing(&world, "heard@acme.org", published.await).await;
        let olga = world.person("Olga", Role::Admin).await;
        let page = olga.get("/admin/sending").await.expect(200).says("feedback+b-…@acme.org").says("mx.acme.org").says("v&#x3D;spf1 include:");
        assert_eq!(page.body.matches("Good").count(), 5, "{}", page.body);
        assert!(!page.body.contains("something else") && !page.body.contains("To be published"));
        world.person("Petr", Role::Owner).await.get("/admin/sending").await.expect(403);
        world.stranger().get("/admin/sending").await.expect(303);
    }
}

both! {
    async fn a_domain_that_says_nothing_or_something_else(world: World) {
        let published = dns(zone(&[
            ("_dmarc.acme.org", TXT, "v=DMARC1; p=none"),
            ("heard._domainkey.news.acme.org", TXT, "v=DKIM1; k=rsa; p=AAAA<script>"),
            ("news.acme.org", MX, "."),
        ]));
        let world = signing(&world, "heard@news.acme.org", published.await).await;
        let olga = world.person("Olga", Role::Admin).await;
        let page = olga.get("/admin/sending").await.expect(200);
        for said in [
            "Without it, many servers take our mail for spam",
            "Another key stands there",
            "Our signatures cannot be checked",
            "is let through",
            "The domain says that it takes no mail",
            "To be published",
            "k&#x3D;rsa; p&#x3D;MIIB",
        ] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(!page.body.contains("<script>alert") && !page.body.contains("AAAA<script>"));
    }
}

both! {
    async fn a_server_that_does_not_answer_holds_nobody_up(world: World) {
        let world = signing(&world, "heard@silent.org", dns(Zone::new()).await).await;
        let (olga, started) = (world.person("Olga", Role::Admin).await, Instant::now());
        olga.get("/admin/sending").await.expect(200).says("The DNS did not answer");
        assert!(started.elapsed() < Duration::from_secs(12), "{:?}", started.elapsed());
    }
}
