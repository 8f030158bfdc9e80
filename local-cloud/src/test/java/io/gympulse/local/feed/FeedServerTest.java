package io.gympulse.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.feed.FeedCodec;
import io.gympulse.cloud.state.feed.FeedPump;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedServerTest {

  private static final GymId GYM = new GymId("gym-1");

  private final List<FeedUpdate> updates = new CopyOnWriteArrayList<>();
  private final FeedPump feed =
      new FeedPump((after, limit) -> updates.stream().skip(after).limit(limit).toList(), 0);
  private final AtomicInteger halts = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private FeedServer server = start(Optional.of(halts::incrementAndGet));

  @BeforeEach
  void fill() {
    add(machine(1, MachineStatus.FREE, Optional.empty()));
    add(machine(2, MachineStatus.UNKNOWN, Optional.of(UnknownReason.SENSOR_DEAD)));
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
  }

  @Test
  void a_client_gets_what_is_new_to_it_and_then_each_update_as_it_happens() throws Exception {
    try (BufferedReader lines = open("/feed?after=1")) {
      assertThat(FeedCodec.decode(lines.readLine())).isEqualTo(updates.get(1));

      FeedUpdate next = presence(3);
      add(next);

      assertThat(FeedCodec.decode(lines.readLine())).isEqualTo(next);
    }
  }

  @Test
  void a_position_that_is_none_is_refused_with_the_remedy() throws Exception {
    var answer =
        client.send(HttpRequest.newBuilder(uri("/feed?after=x")).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("after");
  }

  @Test
  void the_fault_is_armed_by_a_post_only_and_absent_unless_allowed() throws Exception {
    assertThat(post("/fault/halt-before-ack")).isEqualTo(200);
    assertThat(halts).hasValue(1);
    server.close();
    server = start(Optional.empty());

    assertThat(post("/fault/halt-before-ack")).isEqualTo(404);
    assertThat(halts).hasValue(1);
  }

  @Test
  void health_is_an_object() throws Exception {
    var answer =
        client.send(HttpRequest.newBuilder(uri("/health")).build(), BodyHandlers.ofString());

    assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}\n");
  }

  private int post(String path) throws Exception {
    var request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private BufferedReader open(String path) throws Exception {
    var answer =
        client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private void add(FeedUpdate update) {
    updates.add(update);
    feed.grownTo(update.position());
  }

  private FeedServer start(Optional<Runnable> halt) {
    try {
      return FeedServer.start(
          FeedServer.address("127.0.0.1", 0), feed, () -> "{\"status\":\"up\"}", halt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FeedUpdate machine(
      long position, MachineStatus status, Optional<UnknownReason> reason) {
    return new FeedUpdate.MachineChanged(
        position,
        new CurrentState(
            new MachineId("m-1"),
            GYM,
            new CategoryId("bike"),
            status,
            reason,
            Instant.ofEpochMilli(1000),
            Instant.ofEpochMilli(2000),
            position));
  }

  private static FeedUpdate presence(long position) {
    return new FeedUpdate.PresenceChanged(
        position,
        new GatewayPresence(
            new GatewayAddress(GYM, new GatewayId("gw-1")),
            true,
            Instant.ofEpochMilli(5),
            Instant.ofEpochMilli(6),
            7));
  }
}
