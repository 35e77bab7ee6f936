//! A listener whose connections can be torn down from inside a request.
//!
//! An HTTP framework always answers something; a broken network does not. A handler that holds the
//! [`Wire`] of its connection can cut it, and the client then sees a reset instead of a reply. This
//! NEVER alters bytes: it only decides whether they still flow.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The switch of one connection, and of the whole server.
#[derive(Clone, Debug, Default)]
pub struct Wire {
    cut: Arc<AtomicBool>,
    server_down: Arc<AtomicBool>,
}

impl Wire {
    /// Resets this connection at its next read or write.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
    }

    /// Resets every connection of the server at its next read or write.
    pub fn take_server_down(&self) {
        self.server_down.store(true, Ordering::SeqCst);
    }

    fn next_connection(&self) -> Self {
        Self { cut: Arc::default(), server_down: Arc::clone(&self.server_down) }
    }

    fn is_cut(&self) -> bool {
        self.cut.load(Ordering::SeqCst) || self.server_down.load(Ordering::SeqCst)
    }
}

/// Accepts connections that carry a [`Wire`].
pub struct CuttableListener {
    listener: TcpListener,
    wire: Wire,
}

impl CuttableListener {
    /// Wraps a bound listener; `wire` becomes the switch of the whole server.
    pub fn new(listener: TcpListener, wire: Wire) -> Self {
        Self { listener, wire }
    }
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    // Without this, small replies wait for the client's delayed acknowledgement.
                    if let Err(error) = stream.set_nodelay(true) {
                        eprintln!("simulator: could not set TCP_NODELAY: {error}");
                    }
                    let wire = self.wire.next_connection();
                    return (CuttableStream { stream, wire }, address);
                }
                // Out of file handles: give the open connections a moment to close.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().wire.clone()
    }
}

/// One TCP connection that fails once its wire is cut.
pub struct CuttableStream {
    stream: TcpStream,
    wire: Wire,
}

impl CuttableStream {
    fn check(&self) -> io::Result<()> {
        if !self.wire.is_cut() {
            return Ok(());
        }
        // Zero linger turns the close into a reset, so that nothing looks like an orderly end.
        self.stream.set_zero_linger()?;
        Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut by the simulator"))
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
