package io.gympulse.system.process;

import static org.awaitility.Awaitility.await;

import io.gympulse.process.ParentWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentWatchProcessTest {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private ProcessHandle started = ProcessHandle.current();

  @Test
  void a_process_ends_when_its_parent_is_killed(@TempDir Path folder) throws Exception {
    ManagedProcess starter =
        ManagedProcess.start(
            "starter",
            javaProcess(Parent.class, folder.resolve("started.log").toString()),
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
  void endChild() {
    if (started.pid() != ProcessHandle.current().pid()) {
      started.destroyForcibly();
    }
  }

  /// Starts a child that runs until it is ended, prints its process id, and waits as well.
  static final class Parent {
    private Parent() {}

    /// @param arguments the child's log file
    public static void main(String[] arguments) throws Exception {
      ManagedProcess started =
          ManagedProcess.start("started", javaProcess(Child.class), Path.of(arguments[0]), _ -> {});
      System.out.println("ready: starter started=" + started.pid());
      new CountDownLatch(1).await();
    }

    static final class Child {
      private Child() {}

      /// @param arguments none
      public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        new CountDownLatch(1).await();
      }
    }
  }

  /// A main class of the test class path as a process.
  private static ProcessBuilder javaProcess(Class<?> main, String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    builder.command().addAll(List.of(arguments));
    return builder;
  }
}
