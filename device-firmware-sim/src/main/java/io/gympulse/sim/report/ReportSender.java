package io.gympulse.sim.report;

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

/// Sends reports until each is answered for good. A report that got no answer, or one of 429 or 500
/// to 599, is sent again after a pause under the same `Idempotency-Key`. Safe for any number of
/// threads.
public final class ReportSender implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /// What became of a report.
  public sealed interface Outcome {
    record Accepted(int enqueued) implements Outcome {}

    /// It would be refused again.
    record Refused(int status, String answer) implements Outcome {}

    /// Every try failed.
    record Failed(String reason) implements Outcome {}
  }

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final URI address;
  private final UUID run;
  private final int tries;

  /// @param url of the cloud, for example `http://127.0.0.1:8884`
  /// @param run names this run; reports of another run are others even if they say the same
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
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", run + "-" + number)
            .POST(BodyPublishers.ofString(ReportCodec.encode(devices, at)))
            .build();
    Outcome outcome = attempt(request);
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < tries && outcome instanceof Outcome.Failed; i++) {
      Thread.sleep(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
      outcome = attempt(request);
    }
    return outcome;
  }

  private Outcome attempt(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      int status = answer.statusCode();
      if (status == 200) {
        return new Outcome.Accepted(ReportCodec.enqueued(answer.body()));
      }
      return status == 429 || status >= 500
          ? new Outcome.Failed(status + " " + answer.body())
          : new Outcome.Refused(status, answer.body());
    } catch (IOException e) {
      return new Outcome.Failed(e.toString());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
