package io.gympulse.cloud.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiTest {
  private final PrintStream realErrors = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setErr(realErrors);
  }

  @Test
  void a_used_port_names_itself_and_the_option_that_changes_it() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertRefused(
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
  void a_refused_option_is_named() {
    assertRefused("--feed", "--database", "cloud.db");
    assertRefused(
        "--feed 'nonsense' is not of the form http://HOST:PORT",
        "--database",
        "cloud.db",
        "--feed",
        "nonsense");
    assertRefused(
        "clock 'noon' is not of the form EPOCH,RATE",
        "--database",
        "cloud.db",
        "--feed",
        "http://127.0.0.1:1",
        "--clock",
        "noon");
  }

  private void assertRefused(String said, String... args) {
    errors.reset();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    assertThat(Api.run(args)).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("error: ").contains(said);
  }
}
