package io.gympulse.local.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.FeedPump;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.http.HttpLimits;
import io.gympulse.local.http.HttpServer;
import io.gympulse.process.SiteCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedStreamTest {

  private static final GymId GYM = new GymId("gym-1");

  private final List<FeedUpdate> updates = new CopyOnWriteArrayList<>();
  private final FeedPump feed =
      new FeedPump((after, limit) -> updates.stream().skip(after).limit(limit).toList(), 0);
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = start();

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
  void a_client_gets_the_updates_after_its_position_and_then_live_ones() throws Exception {
    try (BufferedReader lines = open("/feed?after=1")) {
      assertThat(FeedCodec.decode(lines.readLine())).isEqualTo(updates.get(1));

      FeedUpdate next = presence(3);
      add(next);

      assertThat(FeedCodec.decode(lines.readLine())).isEqualTo(next);
    }
  }

  @Test
  void an_invalid_position_is_rejected_with_the_remedy() throws Exception {
    var answer =
        client.send(HttpRequest.newBuilder(uri("/feed?after=x")).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("after");
  }

  @Test
  void one_source_has_sixteen_streams_at_most() throws Exception {
    List<BufferedReader> streams = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      streams.add(open("/feed"));
    }
    var answer = client.send(HttpRequest.newBuilder(uri("/feed")).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");

    for (BufferedReader stream : streams) {
      stream.close();
    }
    await().untilAsserted(() -> open("/feed").close());
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
    feed.advanceTo(update.position());
  }

  private HttpServer start() {
    try {
      HttpServer started =
          HttpServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              new SiteCheck(Set.of()),
              HttpLimits.STANDARD);
      started.serve("/feed", new FeedStream(feed));
      return started;
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
