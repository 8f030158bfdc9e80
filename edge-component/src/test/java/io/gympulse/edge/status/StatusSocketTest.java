package io.gympulse.edge.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusSocketTest {
  /// More than the kernel buffers for a reader that does not read.
  private static final String LONG = "x".repeat(4 << 20);

  @TempDir private Path folder = Path.of("");

  @Test
  void each_connection_gets_the_document_of_its_moment() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    try (StatusSocket socket = socket(folder, () -> "document " + calls.incrementAndGet())) {
      socket.open();
      assertThat(read(folder)).isEqualTo("document 1\n");
      assertThat(read(folder)).isEqualTo("document 2\n");
      assertThat(Files.getPosixFilePermissions(StatusSocket.of(folder)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(StatusSocket.of(folder)).doesNotExist();
    assertThatThrownBy(() -> read(folder)).hasMessage("no gateway runs with data folder " + folder);
  }

  @Test
  void the_socket_of_a_killed_process_is_recognised_and_replaced() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(StatusSocket.of(folder)));
    }
    assertThat(StatusSocket.of(folder)).exists();
    assertThatThrownBy(() -> read(folder))
        .hasMessage(
            "no gateway runs with data folder %s: the last one was killed".formatted(folder));
    try (StatusSocket socket = socket(folder, () -> "alive")) {
      socket.open();
      assertThat(read(folder)).isEqualTo("alive\n");
    }
  }

  @Test
  void a_path_that_is_longer_than_a_socket_address_works_too() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a".repeat(120)).resolve("ü".repeat(60)));
    try (StatusSocket socket = socket(deep, () -> "deep")) {
      socket.open();
      assertThat(StatusSocket.of(deep)).exists();
      assertThat(read(deep)).isEqualTo("deep\n");
    }
    assertThat(StatusSocket.of(deep)).doesNotExist();
  }

  @Test
  void readers_that_never_read_are_cut_off_and_block_nobody_for_longer() throws IOException {
    List<SocketChannel> lazy = new ArrayList<>();
    try (StatusSocket socket = socket(folder, () -> LONG)) {
      socket.open();
      for (int i = 0; i < 30; i++) {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        lazy.add(channel);
        channel.connect(UnixDomainSocketAddress.of(StatusSocket.of(folder)));
      }
      await().ignoreExceptions().until(() -> read(folder).length() == LONG.length() + 1);
    } finally {
      for (SocketChannel it : lazy) {
        it.close();
      }
    }
  }

  @Test
  void a_document_that_fails_closes_its_connection_only() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    try (StatusSocket socket =
        socket(
            folder,
            () -> {
              if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("for this test");
              }
              return "second";
            })) {
      socket.open();
      assertThatThrownBy(() -> read(folder)).isInstanceOf(IOException.class);
      assertThat(read(folder)).isEqualTo("second\n");
    }
  }

  @Test
  void a_folder_that_cannot_be_used_is_not_fatal() {
    Path missing = folder.resolve("missing");
    try (StatusSocket socket = socket(missing, () -> "none")) {
      socket.open();
      assertThat(missing).doesNotExist();
    }
  }

  private static StatusSocket socket(Path folder, Supplier<String> document) {
    return new StatusSocket(folder, document, () -> 0);
  }

  private static String read(Path folder) throws IOException {
    return new String(new StatusClient(folder).json(), StandardCharsets.UTF_8);
  }
}
