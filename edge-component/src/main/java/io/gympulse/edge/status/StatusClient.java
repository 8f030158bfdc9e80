package io.gympulse.edge.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads the status of the gateway that runs with a data folder.
public final class StatusClient {
  private static final long PATIENCE_MILLIS = 5_000;
  private static final int MAX_BYTES = 16 << 20;

  private final Path folder;

  public StatusClient(Path folder) {
    this.folder = folder;
  }

  /// The status as JSON.
  ///
  /// @throws IOException if no gateway runs there, or it does not answer; the message says so
  public byte[] json() throws IOException {
    Path socket = StatusSocket.of(folder);
    if (!Files.exists(socket)) {
      throw new IOException("no gateway runs with data folder %s".formatted(folder));
    }
    if (!Files.isWritable(socket)) {
      throw new AccessDeniedException(
          "%s belongs to %s; be that user".formatted(socket, Files.getOwner(socket)));
    }
    byte[] read;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      var _ = new SocketPath(socket).call(channel::connect);
      read = readAll(channel);
    } catch (ConnectException e) {
      throw new IOException(
          "no gateway runs with data folder %s: the last one was killed".formatted(folder), e);
    }
    if (read.length == 0) {
      throw new IOException("the gateway has too many readers of its status; try again");
    }
    return read;
  }

  private static byte[] readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(64 << 10);
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      while (all.size() < MAX_BYTES) {
        if (selector.select(PATIENCE_MILLIS) == 0) {
          throw new IOException("the gateway runs, but does not answer");
        }
        selector.selectedKeys().clear();
        if (channel.read(part) < 0) {
          return all.toByteArray();
        }
        all.write(part.array(), 0, part.position());
        part.clear();
      }
    }
    throw new IOException("the gateway's status is longer than %d bytes".formatted(MAX_BYTES));
  }
}
