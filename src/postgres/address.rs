//! The address of a board on a server: `postgres://user@host/database?schema=jobs`.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode};
use url::Url;

use super::password;
use crate::board::{masked, text};

/// Schema of the tables, unless the address names another.
const SCHEMA: &str = "jobdeck_v1";
/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
const PORT: u16 = 5432;

/// A server, a database and a schema.
#[derive(Debug, Clone)]
pub struct Address {
    /// Settings of the connection.
    pub(super) config: Config,
    /// Schema of the tables.
    pub(super) schema: String,
    /// File of trusted certificates, in place of the usual ones.
    pub(super) root_certificate: Option<PathBuf>,
    /// Servers, by their names in the database, that a publication is spread over.
    pub(super) servers: Vec<String>,
    /// The address without user name and password.
    shown: String,
}

impl Address {
    /// Reads an address, and looks up what it leaves out where `psql` does: environment, service file, password file.
    ///
    /// # Errors
    /// It cannot be read, or leads to another machine without TLS.
    pub fn new(written: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let shown = text::line(&masked(written));
        let shown = shown.split('?').next().unwrap_or_default().to_owned();
        let refused = |why: &str| format!("{shown}: {why}");
        let mut url = Url::parse(written).map_err(|_| refused("is not an address"))?;
        let (mut schema, mut root_certificate, mut service) = (None, None, None);
        let mut others: Vec<(String, String)> = Vec::new();
        let mut servers: Vec<String> = Vec::new();
        for (name, value) in url.query_pairs() {
            match &*name {
                "schema" => schema = Some(value.into_owned()),
                "sslrootcert" => root_certificate = Some(PathBuf::from(value.into_owned())),
                "servers" => servers = value.split(',').map(str::to_owned).collect(),
                "service" => service = Some(value.into_owned()),
                _ => others.push((name.into_owned(), value.into_owned())),
            }
        }
        url.set_query(None);
        let mut config = Config::from_str(url.as_str())
            .map_err(|_| refused("is not an address of a PostgreSQL server"))?;
        let service = service.or_else(|| variable("PGSERVICE"));
        if let Some(service) = service {
            let settings = password::service(&service, variable).ok_or_else(|| {
                refused(&format!("there is no service {}", text::quoted(&service)))
            })?;
            // What the address says comes first.
            let is_open = config.get_hosts().is_empty();
            for (name, value) in settings {
                let is_known = match name.as_str() {
                    "host" | "port" => !is_open,
                    "dbname" => config.get_dbname().is_some(),
                    "user" => config.get_user().is_some(),
                    "password" => config.get_password().is_some(),
                    _ => others.iter().any(|(known, _)| *known == name),
                };
                if !is_known {
                    set(&mut config, &name, &value).map_err(|why| refused(&why))?;
                }
            }
        }
        for (name, value) in others {
            // What stands in an address is seen by others.
            if name == "password" {
                return Err(refused("takes no password among its options"));
            }
            set(&mut config, &name, &value).map_err(|why| refused(&why))?;
        }
        if config.get_hosts().is_empty() {
            match variable("PGHOST") {
                Some(host) => _ = config.host(&host),
                None => _ = config.host("localhost"),
            }
        }
        if config.get_user().is_none() {
            let user = variable("PGUSER").or_else(|| variable("USER"));
            config.user(&user.ok_or_else(|| refused("names no user"))?);
        }
        if config.get_dbname().is_none()
            && let Some(name) = variable("PGDATABASE")
        {
            config.dbname(&name);
        }
        let schema = schema.unwrap_or_else(|| SCHEMA.to_owned());
        if !is_plain_name(&schema) {
            return Err(refused("a schema is small letters, digits and _"));
        }
        if !servers.iter().all(|name| is_plain_name(name)) {
            return Err(refused(
                "the name of a server is small letters, digits and _",
            ));
        }
        if !is_local(&config) {
            if config.get_ssl_mode() == SslMode::Disable {
                return Err(refused("sends nothing without TLS to another machine"));
            }
            config.ssl_mode(SslMode::Require);
        } else if config.get_ssl_mode() == SslMode::Prefer {
            config.ssl_mode(SslMode::Disable);
        }
        config.connect_timeout(CONNECT);
        config.application_name("jobdeck");
        let mut address = Self {
            config,
            schema,
            root_certificate,
            servers,
            shown,
        };
        address.look_up_password(variable);
        Ok(address)
    }

    fn look_up_password(&mut self, variable: &dyn Fn(&str) -> Option<String>) {
        if self.config.get_password().is_some() {
            return;
        }
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(host)) => host.clone(),
            _ => "localhost".to_owned(),
        };
        let port = self.config.get_ports().first().copied().unwrap_or(PORT);
        let user = self.config.get_user().unwrap_or_default().to_owned();
        let database = self.config.get_dbname().unwrap_or(&user).to_owned();
        let found = variable("PGPASSWORD")
            .or_else(|| password::in_file([&host, &port.to_string(), &database, &user], variable));
        if let Some(password) = found {
            self.config.password(password);
        }
    }

    /// The address without user name, password and options.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What tells the board from those on other servers, in other databases or schemas.
    pub(super) fn place(&self) -> String {
        let config = &self.config;
        let database = config.get_dbname().or(config.get_user());
        format!(
            "{:?} {:?} {:?} {database:?} {}",
            config.get_hosts(),
            config.get_hostaddrs(),
            config.get_ports(),
            self.schema
        )
    }

    /// Name of a table of the schema.
    pub(super) fn table(&self, name: &str) -> String {
        format!("{}.{name}", self.schema)
    }
}

/// Applies a setting by its name in an address or a service file.
fn set(config: &mut Config, name: &str, value: &str) -> Result<(), String> {
    match name {
        "host" => _ = config.host(value),
        "port" => {
            let port = value.parse();
            config.port(port.map_err(|_| "the port is no number".to_owned())?);
        }
        "user" => _ = config.user(value),
        "password" => _ = config.password(value),
        "dbname" => _ = config.dbname(value),
        "options" => _ = config.options(value),
        "sslmode" => {
            // Certificates are always verified, whichever of the stricter modes is asked for.
            config.ssl_mode(match value {
                "disable" => SslMode::Disable,
                "allow" | "prefer" => SslMode::Prefer,
                "require" | "verify-ca" | "verify-full" => SslMode::Require,
                _ => return Err(format!("there is no sslmode {}", text::quoted(value))),
            });
        }
        _ => return Err(format!("has an unknown option {}", text::quoted(name))),
    }
    Ok(())
}

/// Whether a name needs no quotes in SQL.
fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=63).contains(&name.len())
        && name.chars().all(plain)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether all hosts are this machine.
fn is_local(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => is_loopback(name),
        Host::Unix(_) => true,
    });
    named && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

fn is_loopback(name: &str) -> bool {
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost"
        || Path::new(name).is_absolute()
        || name.parse::<IpAddr>().is_ok_and(|at| at.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Result<Address, String> {
        Address::new(written, &|name| (name == "USER").then(|| "ada".to_owned()))
    }

    #[test]
    fn other_machines_are_reached_by_tls_alone() {
        for (written, mode) in [
            ("postgres://localhost/jobs", SslMode::Disable),
            ("postgres://127.0.0.1/jobs", SslMode::Disable),
            ("postgres://[::1]/jobs", SslMode::Disable),
            (
                "postgres://localhost/jobs?sslmode=require",
                SslMode::Require,
            ),
            ("postgres://db.example.org/jobs", SslMode::Require),
            ("postgres://10.0.0.1/jobs?sslmode=prefer", SslMode::Require),
        ] {
            let address = read(written).expect(written);
            assert_eq!(address.config.get_ssl_mode(), mode, "{written}");
        }
        for written in [
            "postgres://db.example.org/jobs?sslmode=disable",
            "postgres://localhost/jobs?schema=a;b",
            "postgres://localhost/jobs?shoe=1",
            "postgres://localhost/jobs?servers=one,two;",
            "postgres://localhost/jobs?service=nowhere",
        ] {
            assert!(read(written).is_err(), "{written}");
        }
    }

    #[test]
    fn messages_hold_no_password() {
        let refused = read("postgres://ada:secret@h/jobs?sslmode=disable&password=secret");
        let refused = refused.expect_err("refused");
        assert!(!refused.contains("secret"), "{refused}");
        let address = read("postgres://ada:secret@localhost/jobs").expect("read");
        assert!(!address.shown().contains("secret"));
        assert_eq!(address.config.get_password(), Some(&b"secret"[..]));
    }
}
