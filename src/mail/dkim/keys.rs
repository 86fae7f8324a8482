//! Keys: read from PEM files, made by `heard dkim`. ring signs; it makes no RSA keys, so another crate does that.

use std::fmt;

use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::rsa::KeyPair as Rsa;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256};
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

/// What a DNS record holds without being split into several strings, and every receiver takes.
const RSA_BITS: usize = 2048;
/// PKCS #8 of an Ed25519 key (RFC 8410) up to its 32 bytes.
const ED25519: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
/// The algorithm of an RSA key in a SubjectPublicKeyInfo (RFC 8017 A.1).
const RSA: [u8; 15] = [0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/// A key that signs. Boxed: what stays in memory for long should not be copied about.
pub enum Pair {
    Rsa(Box<Rsa>),
    Ed25519(Box<Ed25519KeyPair>),
}

impl Pair {
    pub fn rsa(pem: &[u8]) -> Result<Pair, String> {
        let key = match der(pem)? {
            PrivateKeyDer::Pkcs1(der) => Rsa::from_der(der.secret_pkcs1_der()),
            PrivateKeyDer::Pkcs8(der) => Rsa::from_pkcs8(der.secret_pkcs8_der()),
            _ => return Err("not an RSA key".into()),
        };
        key.map(|key| Pair::Rsa(Box::new(key))).map_err(|e| format!("not an RSA key of 2048 bits or more ({e})"))
    }

    pub fn ed25519(pem: &[u8]) -> Result<Pair, String> {
        let PrivateKeyDer::Pkcs8(der) = der(pem)? else { return Err("not an Ed25519 key".into()) };
        let key = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der.secret_pkcs8_der());
        key.map(|key| Pair::Ed25519(Box::new(key))).map_err(|e| format!("not an Ed25519 key ({e})"))
    }

    /// The value of a=.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Pair::Rsa(_) => "rsa-sha256",
            Pair::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// The value of k= in the DNS.
    pub fn kind(&self) -> &'static str {
        match self {
            Pair::Rsa(_) => "rsa",
            Pair::Ed25519(_) => "ed25519",
        }
    }

    pub fn sign(&self, text: &[u8]) -> Result<Vec<u8>, String> {
        match self {
            Pair::Rsa(key) => {
                let mut proof = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut proof)
                    .map_err(|_| "the RSA key cannot sign")?;
                Ok(proof)
            }
            // RFC 8463 signs the hash.
            Pair::Ed25519(key) => Ok(key.sign(&Sha256::digest(text)).as_ref().to_vec()),
        }
    }

    /// The public half as the DNS holds it.
    pub fn public(&self) -> String {
        match self {
            Pair::Rsa(key) => BASE64.encode(&public_key_info(key.public().as_ref())),
            Pair::Ed25519(key) => BASE64.encode(key.public_key().as_ref()),
        }
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

/// A new RSA key as PEM.
pub fn new_rsa() -> Result<String, String> {
    let key = rsa::PrivateKey::new(&mut rand::rng(), RSA_BITS).map_err(|e| e.to_string())?;
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|e| e.to_string())?;
    Ok(pem.to_string())
}

/// A new Ed25519 key as PEM.
pub fn new_ed25519() -> String {
    let der = [&ED25519[..], &rand::random::<[u8; 32]>()].concat();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64.encode(&der))
}

fn der(pem: &[u8]) -> Result<PrivateKeyDer<'static>, String> {
    PrivateKeyDer::from_pem_slice(pem).map_err(|e| format!("no private key in PEM ({e})"))
}

/// SubjectPublicKeyInfo around an RSAPublicKey.
fn public_key_info(key: &[u8]) -> Vec<u8> {
    let bits = tagged(3, &[&[0], key].concat());
    tagged(0x30, &[&RSA[..], &bits].concat())
}

/// DER: a tag, the length, what is in it.
fn tagged(tag: u8, inner: &[u8]) -> Vec<u8> {
    let length = inner.len().to_be_bytes();
    let length = &length[length.iter().take_while(|b| **b == 0).count()..];
    let head = match inner.len() {
        0..=127 => vec![tag, inner.len() as u8],
        _ => [&[tag, 0x80 | length.len() as u8], length].concat(),
    };
    [&head, inner].concat()
}
