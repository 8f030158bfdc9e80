package io.gympulse.system.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.system.process.KeyValueLine;
import io.gympulse.system.process.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  @Test
  void the_demo_runs_whole_and_a_second_run_continues_its_data(@TempDir Path folder)
      throws Exception {
    KeyValueLine first = demo(folder);
    KeyValueLine second = demo(folder);
    assertThat(second.number("recorded")).isGreaterThan(first.number("recorded"));
  }

  @Test
  void a_used_port_is_named_with_the_option_that_changes_it(@TempDir Path folder) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          Run.of(
              folder,
              Duration.ofSeconds(30),
              "demo",
              "--port=" + taken.getLocalPort(),
              "--data=" + folder.resolve("data"),
              "--no-open");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors())
          .contains("port " + taken.getLocalPort() + " is in use; choose another with --port");
    }
  }

  private static KeyValueLine demo(Path folder) throws Exception {
    Run run =
        Run.of(
            folder,
            Duration.ofMinutes(2),
            "demo",
            "--for=10s",
            "--port=" + freePort(),
            "--data=" + folder.resolve("data"),
            "--no-open");
    assertThat(run.exitCode()).as(String.join("\n", run.lines()) + "\n" + run.errors()).isZero();
    KeyValueLine result = run.result("demo: ");
    assertThat(result.number("waiting")).isZero();
    assertThat(result.number("acknowledged")).isEqualTo(result.number("recorded"));
    assertThat(result.number("updates")).isPositive();
    return result;
  }

  private static int freePort() throws Exception {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
