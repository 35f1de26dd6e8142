//! Bounds what a server can make its reader hold.
//!
//! A message of the PostgreSQL protocol starts with its length, and the client collects it whole before reading it. So
//! the length is checked as soon as it arrives, after decryption.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use postgres::Socket;
use postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Longest message.
const LONGEST: usize = 64 << 20;
/// Most bytes of a connection's messages that nothing asked for: notices, notifications and settings.
const UNASKED: usize = 16 << 20;
/// Types of these messages.
const UNASKED_TYPES: &[u8] = b"NAS";
/// Bytes of a message's type and length.
const HEADER: usize = 5;
/// Bytes of a length, which count as part of it.
const LENGTH: usize = 4;

/// How a connection is made.
#[derive(Clone)]
pub(super) enum Connector {
    /// By TLS.
    Tls(MakeRustlsConnect),
    /// As it is, on this machine.
    Plain,
}

impl MakeTlsConnect<Socket> for Connector {
    type Stream = Bounded;
    type TlsConnect = Connect;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> Result<Connect, io::Error> {
        Ok(Connect {
            connector: self.clone(),
            host: host.to_owned(),
        })
    }
}

/// Makes a connection to a host.
pub(super) struct Connect {
    connector: Connector,
    host: String,
}

impl TlsConnect<Socket> for Connect {
    type Stream = Bounded;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Bounded, io::Error>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move {
            let stream: Pin<Box<dyn TlsStream + Send>> = match self.connector {
                Connector::Tls(mut connector) => {
                    let made =
                        MakeTlsConnect::<Socket>::make_tls_connect(&mut connector, &self.host);
                    let connect = made.map_err(io::Error::other)?;
                    Box::pin(connect.connect(socket).await?)
                }
                Connector::Plain => Box::pin(Plain(socket)),
            };
            Ok(Bounded {
                stream,
                messages: Messages::default(),
            })
        })
    }
}

/// A connection without TLS.
struct Plain(Socket);

impl TlsStream for Plain {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Plain {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Plain {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

/// A connection that ends with a message that is too long.
pub(super) struct Bounded {
    stream: Pin<Box<dyn TlsStream + Send>>,
    messages: Messages,
}

impl TlsStream for Bounded {
    fn channel_binding(&self) -> ChannelBinding {
        self.stream.channel_binding()
    }
}

impl AsyncRead for Bounded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.stream.as_mut().poll_read(context, buffer))?;
        Poll::Ready(self.messages.check(&buffer.filled()[before..]))
    }
}

impl AsyncWrite for Bounded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream.as_mut().poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_shutdown(context)
    }
}

/// Where in the messages of a server a reader is.
#[derive(Debug, Default)]
struct Messages {
    header: [u8; HEADER],
    /// How much of the header is known.
    known: usize,
    /// How much of the message is to come after it.
    left: usize,
    /// Bytes of messages that nothing asked for.
    unasked: usize,
}

impl Messages {
    /// Checks further bytes.
    fn check(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            if self.left > 0 {
                let passed = self.left.min(bytes.len());
                self.left -= passed;
                bytes = &bytes[passed..];
                continue;
            }
            self.header[self.known] = bytes[0];
            self.known += 1;
            bytes = &bytes[1..];
            if self.known < HEADER {
                continue;
            }
            self.known = 0;
            let [of_type, length @ ..] = self.header;
            let length = u32::from_be_bytes(length) as usize;
            if UNASKED_TYPES.contains(&of_type) {
                self.unasked = self.unasked.saturating_add(length);
            }
            if length > LONGEST || self.unasked > UNASKED {
                return Err(io::Error::other("the server sends too much at once"));
            }
            self.left = length.saturating_sub(LENGTH);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(of_type: u8, length: u32) -> Vec<u8> {
        let mut all = vec![of_type];
        all.extend(length.to_be_bytes());
        all
    }

    #[test]
    fn a_message_is_refused_by_the_length_that_it_tells() {
        let mut short = message(b'D', 14);
        short.extend([b'N'; 10]);
        let too_long = message(b'D', 65 << 20);
        // However the bytes arrive.
        for size in [1, 2, 3, 7, 100] {
            let mut messages = Messages::default();
            for _ in 0..3 {
                for bytes in short.chunks(size) {
                    assert!(messages.check(bytes).is_ok());
                }
            }
            let mut all = too_long.chunks(size);
            assert!(all.any(|bytes| messages.check(bytes).is_err()), "{size}");
        }
    }

    #[test]
    fn messages_that_nothing_asked_for_are_counted_together() {
        let mut notice = message(b'N', 4 << 20);
        notice.resize(1 + (4 << 20), b'x');
        let mut messages = Messages::default();
        let refused = (0..9).position(|_| messages.check(&notice).is_err());
        assert_eq!(refused, Some(4));
        let mut row = notice;
        row[0] = b'D';
        let mut messages = Messages::default();
        assert!((0..9).all(|_| messages.check(&row).is_ok()));
    }
}
