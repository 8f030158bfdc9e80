package io.gympulse.process;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Ends a process when its parent has ended, in any way, SIGKILL included.
///
/// The parent passes its process id by [#variables] in the environment. Without that variable, as
/// for a process that was not started by another one, nothing happens. Only main classes that call
/// [#start] are affected: not Maven, and not a function in AWS's runtime client.
public final class ParentWatch {
  private static final String PARENT = "GYMPULSE_PARENT";
  private static final int PARENT_ENDED = 143;

  /// How long a graceful shutdown may take before the process is halted.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private ParentWatch() {}

  /// The environment variables for a child process that is to end with this process.
  public static Map<String, String> variables() {
    return Map.of(PARENT, Long.toString(ProcessHandle.current().pid()));
  }

  /// Ends this process, as SIGTERM would, about a second after its parent has ended, and halts it
  /// two seconds later if it has not ended by then. To be called first in `main`; returns at once.
  ///
  /// @throws IllegalArgumentException if the variable is set and is not a process id
  public static void start() {
    parent(System.getenv()).ifPresent(ParentWatch::watch);
  }

  static Optional<Long> parent(Map<String, String> environment) {
    String pid = environment.get(PARENT);
    if (pid == null || pid.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(pid));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s '%s' is not a process id; unset it".formatted(PARENT, pid), e);
    }
  }

  private static void watch(long parent) {
    Thread.ofPlatform().daemon().name("parent-watch").start(() -> endAfter(parent));
  }

  private static void endAfter(long parent) {
    // If the parent does not exist, it ended before this process looked.
    ProcessHandle.of(parent).ifPresent(it -> it.onExit().join());
    Thread.ofPlatform().daemon().name("parent-watch-halt").start(ParentWatch::halt);
    System.exit(PARENT_ENDED);
  }

  private static void halt() {
    try {
      TimeUnit.NANOSECONDS.sleep(GRACE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(PARENT_ENDED);
  }
}
