package io.gympulse.system.process;

import io.gympulse.process.ParentWatch;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Starts a process that would run for ever, prints its id, and waits for ever itself.
final class Starter {
  private Starter() {}

  /// @param arguments the file for the started process's log
  public static void main(String[] arguments) throws Exception {
    ManagedProcess started =
        ManagedProcess.start(
            "started", JavaMain.process(Started.class), Path.of(arguments[0]), _ -> {});
    System.out.println("ready: starter started=" + started.pid());
    new CountDownLatch(1).await();
  }

  /// What is started.
  static final class Started {
    private Started() {}

    /// @param arguments none
    public static void main(String[] arguments) throws Exception {
      ParentWatch.start();
      new CountDownLatch(1).await();
    }
  }
}
