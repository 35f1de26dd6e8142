//! TLS for connections to a server: certificates and host names are always verified.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

/// A connector that trusts the certificates in a file, else those that browsers trust.
pub(super) fn connector(roots: Option<&Path>) -> Result<MakeRustlsConnect, String> {
    let mut store = RootCertStore::empty();
    match roots {
        Some(path) => {
            let failed = |_| "the file of trusted certificates cannot be read".to_owned();
            for certificate in CertificateDer::pem_file_iter(path).map_err(failed)? {
                let certificate = certificate.map_err(failed)?;
                let added = store.add(certificate);
                added.map_err(|_| "a trusted certificate cannot be read".to_owned())?;
            }
        }
        None => store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(store)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
