package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Asks the API for every branch once a second, as members' pages do, and keeps what it answered.
/// Thread-safe.
final class ApiPolls implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;
  private final List<String> gyms;
  private final InstantSource clock;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Poll> polls = new ArrayList<>();
  private int unanswered;
  private final Thread thread = Thread.ofPlatform().daemon().name("api-polls").unstarted(this::run);

  private ApiPolls(URI api, List<String> gyms, InstantSource clock) {
    this.api = api;
    this.gyms = List.copyOf(gyms);
    this.clock = clock;
  }

  /// @param clock the one that the processes run by
  static ApiPolls start(URI api, List<String> gyms, InstantSource clock) {
    ApiPolls polls = new ApiPolls(api, gyms, clock);
    polls.thread.start();
    return polls;
  }

  synchronized List<Poll> all() {
    return List.copyOf(polls);
  }

  /// How often no answer, or another than 200, came.
  synchronized int unanswered() {
    return unanswered;
  }

  private void run() {
    try {
      while (true) {
        for (String gym : gyms) {
          ask(gym);
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(String gym) throws InterruptedException {
    Instant asked = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/branches/" + gym)).timeout(ANSWER_LIMIT).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      Instant answered = clock.instant();
      if (answer.statusCode() == 200) {
        keep(Poll.of(gym, asked, answered, JSON.readTree(answer.body())));
        return;
      }
    } catch (IOException | RuntimeException e) {
      // Counted below: the API is not there, is too slow, or answers something else.
    }
    missed();
  }

  private synchronized void keep(Poll poll) {
    polls.add(poll);
  }

  private synchronized void missed() {
    unanswered++;
  }

  @Override
  public void close() {
    thread.interrupt();
    client.shutdownNow();
  }
}
