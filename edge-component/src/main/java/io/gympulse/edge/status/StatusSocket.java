package io.gympulse.edge.status;

import io.gympulse.process.RateLimitedLog;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves a document on the Unix domain socket `status.sock` of a folder: each connection gets it
/// once and is closed. Only the owner can connect.
///
/// At most eight connections are open; further ones are closed at once. A reader that takes more
/// than two seconds is cut off. A socket that cannot be opened is logged and not served; what else
/// the process does goes on. Thread-safe.
public final class StatusSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusSocket.class);
  private static final String NAME = "status.sock";
  private static final int MAX_CONNECTIONS = 8;
  static final Duration LONGEST_READ = Duration.ofSeconds(2);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final SocketPath path;
  private final Supplier<String> document;
  private final RateLimitedLog log;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final ScheduledExecutorService cutter =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("status-cutter").factory());
  private Optional<ServerSocketChannel> server = Optional.empty();

  /// @param folder used by this process only: a socket that is there is a dead process's
  /// @param document may be called by several threads at once
  /// @param nanos monotonic time
  public StatusSocket(Path folder, Supplier<String> document, LongSupplier nanos) {
    this.path = new SocketPath(of(folder));
    this.document = document;
    this.log = new RateLimitedLog(LOG, nanos);
  }

  /// The socket of a folder.
  static Path of(Path folder) {
    return folder.resolve(NAME);
  }

  public synchronized void open() {
    try {
      Files.deleteIfExists(path.socket());
      ServerSocketChannel opened = bound();
      server = Optional.of(opened);
      // Not before: a connection that precedes this is refused by the umask, or waits.
      Files.setPosixFilePermissions(path.socket(), PosixFilePermissions.fromString("rw-------"));
      Thread.ofPlatform().daemon().name("status-socket").start(() -> accept(opened));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("{} cannot be served, so that 'sensors watch' shows nothing: {}", path.socket(), e);
      close();
    }
  }

  private ServerSocketChannel bound() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      return path.call(channel::bind);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void accept(ServerSocketChannel from) {
    while (from.isOpen()) {
      try {
        serve(from.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        log.warn("accept", "{}: no connection can be accepted: {}", path.socket(), e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel connection) {
    if (!free.tryAcquire()) {
      closeQuietly(connection);
      return;
    }
    Future<?> cut =
        cutter.schedule(
            () -> closeQuietly(connection), LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (connection) {
                    write(connection);
                  } catch (IOException e) {
                    LOG.debug("a reader of the status went away", e);
                  } catch (RuntimeException e) {
                    log.error("document", e, "the status cannot be put together");
                  } finally {
                    var _ = cut.cancel(false);
                    free.release();
                  }
                });
  }

  private void write(SocketChannel connection) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((document.get() + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      var _ = connection.write(bytes);
    }
  }

  private static void closeQuietly(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("a connection could not be closed", e);
    }
  }

  @Override
  public synchronized void close() {
    cutter.shutdownNow();
    if (server.isEmpty()) {
      return;
    }
    try {
      server.get().close();
      Files.deleteIfExists(path.socket());
    } catch (IOException e) {
      LOG.debug("{} could not be closed", path.socket(), e);
    }
    server = Optional.empty();
  }
}
