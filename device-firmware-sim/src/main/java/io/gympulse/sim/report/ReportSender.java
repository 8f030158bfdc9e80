package io.gympulse.sim.report;

import io.gympulse.process.Backoff;
import io.gympulse.process.Backoff.Jitter;
import io.gympulse.sim.report.RandomReports.DeviceState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Sends reports by HTTP. A report without a response, or with status 429 or 500 to 599, is sent
/// again after a pause with the same `Idempotency-Key`, up to a number of attempts. Safe for any
/// number of threads.
public final class ReportSender implements AutoCloseable {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofMillis(3_200), Jitter.NONE);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// The outcome of a report.
  public sealed interface Outcome {
    record Accepted(int enqueued) implements Outcome {}

    /// Refused by a status that a retry would not change.
    record Refused(int status, String response) implements Outcome {}

    /// Every attempt failed.
    record Failed(String reason) implements Outcome {}
  }

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI address;
  private final UUID run;
  private final int tries;

  /// @param url of the cloud, for example `http://127.0.0.1:8884`
  /// @param run part of each report's idempotency key, so that another run's reports are not taken
  ///     for repeats
  /// @param tries how often a report is sent at most
  public ReportSender(URI url, UUID run, int tries) {
    this.address = url.resolve("/ingest");
    this.run = run;
    this.tries = tries;
  }

  public Outcome send(long number, List<DeviceState> devices, Instant at)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", run + "-" + number)
            .POST(BodyPublishers.ofString(ReportCodec.encode(devices, at)))
            .build();
    Outcome outcome = attempt(request);
    for (int retries = 0; retries < tries - 1 && outcome instanceof Outcome.Failed; retries++) {
      Thread.sleep(BACKOFF.delay(retries, 0));
      outcome = attempt(request);
    }
    return outcome;
  }

  private Outcome attempt(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      int status = response.statusCode();
      if (status == 200) {
        return new Outcome.Accepted(ReportCodec.enqueued(response.body()));
      }
      return status == 429 || status >= 500
          ? new Outcome.Failed(status + " " + response.body())
          : new Outcome.Refused(status, response.body());
    } catch (IOException e) {
      return new Outcome.Failed(e.toString());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
