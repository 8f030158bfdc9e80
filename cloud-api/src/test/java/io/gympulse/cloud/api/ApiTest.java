package io.gympulse.cloud.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTest {
  private final PrintStream originalErr = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setErr(originalErr);
  }

  @Test
  void a_port_in_use_is_reported_with_the_option_that_changes_it() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertFails(
          "error: port %d is in use; choose another with --port".formatted(port),
          "--database",
          "cloud.db",
          "--feed",
          "http://127.0.0.1:1",
          "--port",
          Integer.toString(port));
    }
  }

  @Test
  void an_invalid_option_is_named() {
    assertFails("--feed", "--database", "cloud.db");
    assertFails(
        "--feed 'nonsense' is not of the form http://HOST:PORT",
        "--database",
        "cloud.db",
        "--feed",
        "nonsense");
    assertFails(
        "clock 'noon' is not of the form EPOCH,RATE",
        "--database",
        "cloud.db",
        "--feed",
        "http://127.0.0.1:1",
        "--clock",
        "noon");
  }

  @Test
  void invalid_values_are_reported_in_one_line(@TempDir Path folder) {
    assertLine("--port 99999 is not in 0 to 65535", "--port", "99999");
    assertLine("--offline-after 0 is not in 1 to 86400", "--offline-after", "0");
    assertLine("--name 'a b' is not a host name or address", "--name", "a b");
    assertLine("--host 'no.such.host.invalid' is not an address", "--host", "no.such.host.invalid");
    assertLine(
        "10 streams in all and 20 per source", "--streams", "10", "--streams-per-source", "20");
    assertLine("--feed 'http://127.0.0.1:99999' is not", "--feed", "http://127.0.0.1:99999");
    assertLine("is not a file; give the cloud's database", "--database", folder.toString());
    assertLine("Unknown option", "--prot", "1");
  }

  private void assertLine(String message, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (!all.contains("--database")) {
      all.addAll(List.of("--database", "cloud.db"));
    }
    if (!all.contains("--feed")) {
      all.addAll(List.of("--feed", "http://127.0.0.1:1"));
    }
    if (!all.contains("--port")) {
      all.addAll(List.of("--port", "0"));
    }
    assertFails(message, all.toArray(new String[0]));
    assertThat(errors.toString(StandardCharsets.UTF_8).strip().lines()).hasSize(1);
  }

  private void assertFails(String message, String... args) {
    errors.reset();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    assertThat(Api.run(args)).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("error: ").contains(message);
  }
}
