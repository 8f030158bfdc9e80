package io.gympulse.edge.doctor;

import io.gympulse.edge.doctor.Check.Finding;
import io.gympulse.edge.doctor.Check.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs checks at the same time, each on a thread of its own, which is given up when its time is
/// over. Immutable.
public record CheckRun(List<Check> checks, Duration limit) {

  /// @param name of the check
  public record Result(String name, Finding finding) {}

  /// @param limit for each check
  public CheckRun {
    checks = List.copyOf(checks);
  }

  /// Returns after the limit at the latest.
  ///
  /// @return a result for each check, in their order
  public List<Result> run() {
    List<CompletableFuture<Result>> results = checks.stream().map(this::start).toList();
    return results.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Result> start(Check check) {
    CompletableFuture<Finding> finding = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("check-" + check.name())
        .start(
            () -> {
              try {
                finding.complete(check.run());
              } catch (Throwable e) {
                // Also a library that cannot be loaded is a result.
                finding.completeExceptionally(e);
              }
            });
    return finding
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(this::failure)
        .thenApply(it -> new Result(check.name(), it));
  }

  private Finding failure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? Finding.failed(
            "no result within %d s".formatted(limit.toSeconds()),
            "look for a disk or a network that hangs, and run the doctor again")
        : Finding.failed(
            "the check ended with %s".formatted(cause), "remove the cause that it names");
  }

  /// Whether any check failed.
  public static boolean hasFailed(List<Result> results) {
    return results.stream().anyMatch(it -> it.finding().status() == Status.FAILED);
  }
}
