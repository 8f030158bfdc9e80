package io.gympulse.system.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.system.environment.Ports;
import io.gympulse.system.process.CommandResult;
import io.gympulse.system.process.KeyValueLine;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ManagedProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  @Test
  void the_demo_loses_no_event_and_a_second_run_continues_its_data(@TempDir Path folder)
      throws Exception {
    KeyValueLine first = demo(folder);
    KeyValueLine second = demo(folder);
    assertThat(second.number("recorded")).isGreaterThan(first.number("recorded"));
  }

  @Test
  void a_port_in_use_is_reported_with_the_option_that_changes_it(@TempDir Path folder)
      throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandResult run =
          CommandResult.run(
              folder,
              Duration.ofMinutes(2),
              "demo",
              "--port=" + taken.getLocalPort(),
              "--data=" + folder.resolve("data"),
              "--no-open");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors())
          .contains("port " + taken.getLocalPort() + " is in use; choose another with --port");
    }
  }

  @Test
  void a_killed_demo_leaves_no_process_behind(@TempDir Path folder) throws Exception {
    List<ProcessHandle> started = startAndCut(folder, ManagedProcess::kill);
    assertThat(started).hasSizeGreaterThanOrEqualTo(5);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(started).noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void a_demo_terminated_after_a_cut_does_not_wait_for_unsent_events(@TempDir Path folder)
      throws Exception {
    List<ProcessHandle> started =
        startAndCut(
            folder,
            demo -> {
              demo.terminate();
              demo.awaitExit(Duration.ofMinutes(1));
            });
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(started).noneMatch(ProcessHandle::isAlive));
    assertThat(folder.resolve("demo.log")).content().doesNotContain("error:");
  }

  private interface Shutdown {
    void apply(ManagedProcess demo) throws InterruptedException;
  }

  /// Runs a demo, cuts one gym's internet and ends the demo.
  ///
  /// @return the processes that the demo had started
  private static List<ProcessHandle> startAndCut(Path folder, Shutdown shutdown) throws Exception {
    CountDownLatch live = new CountDownLatch(1);
    CountDownLatch cut = new CountDownLatch(1);
    ProcessBuilder builder =
        Launcher.current()
            .process(
                "demo",
                List.of("--port=" + Ports.free(), "--data=" + folder.resolve("data"), "--no-open"));
    try (ManagedProcess demo =
        ManagedProcess.start(
            "demo",
            builder,
            folder.resolve("demo.log"),
            line -> {
              if (line.startsWith("type:")) {
                live.countDown();
              } else if (line.contains("internet cut")) {
                cut.countDown();
              }
            })) {
      assertThat(live.await(5, TimeUnit.MINUTES)).isTrue();
      demo.writeLine("cut downtown");
      assertThat(cut.await(1, TimeUnit.MINUTES)).isTrue();
      List<ProcessHandle> started =
          ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
      shutdown.apply(demo);
      return started;
    }
  }

  private static KeyValueLine demo(Path folder) throws Exception {
    CommandResult run =
        CommandResult.run(
            folder,
            Duration.ofMinutes(10),
            "demo",
            "--for=10s",
            "--port=" + Ports.free(),
            "--data=" + folder.resolve("data"),
            "--no-open");
    assertThat(run.exitCode()).as(String.join("\n", run.lines()) + "\n" + run.errors()).isZero();
    KeyValueLine result = run.result("demo: ");
    assertThat(result.number("waiting")).isZero();
    assertThat(result.number("acknowledged")).isEqualTo(result.number("recorded"));
    assertThat(result.number("updates")).isPositive();
    return result;
  }
}
