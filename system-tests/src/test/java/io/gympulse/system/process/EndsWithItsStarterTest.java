package io.gympulse.system.process;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsWithItsStarterTest {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private ProcessHandle started = ProcessHandle.current();

  @Test
  void a_process_ends_when_its_starter_is_killed(@TempDir Path folder) throws Exception {
    ManagedProcess starter =
        ManagedProcess.start(
            "starter",
            JavaMain.process(Starter.class, folder.resolve("started.log").toString()),
            folder.resolve("starter.log"),
            _ -> {});
    try (starter) {
      long pid = starter.awaitReady(START_LIMIT).number("started");
      started = ProcessHandle.of(pid).orElseThrow();
      starter.kill();
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> !started.isAlive());
  }

  @AfterEach
  void leave_nothing() {
    if (started.pid() != ProcessHandle.current().pid()) {
      started.destroyForcibly();
    }
  }
}
