package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.core.feed.FeedUpdate.MachineChanged;
import io.gympulse.cloud.core.feed.FeedUpdate.PresenceChanged;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StreamSocketTest {
  private static final SampleGyms GYMS = new SampleGyms();
  private static final RunningApi API = new RunningApi(GYMS, Optional.empty());

  private final FeedListener feed = new FeedListener(API.bean(Broadcast.class));
  private final List<String> received = new CopyOnWriteArrayList<>();

  @AfterAll
  static void stop() {
    API.close();
  }

  @Test
  void a_connection_hears_hello_and_then_what_its_filters_let_through() {
    WebSocket socket = API.stream("?gym=downtown&category=bike", received);
    await().until(() -> received.size() == 1);
    assertThat(received.getFirst()).startsWith("{\"type\":\"hello\",\"serverTime\":1");
    changed("riverside-bike-1", MachineStatus.FREE, Optional.empty());
    changed("downtown-treadmill-1", MachineStatus.FREE, Optional.empty());
    changed("downtown-bike-1", MachineStatus.UNKNOWN, Optional.of(UnknownReason.SENSOR_STUCK));
    feed.accept(new PresenceChanged(4, GYMS.hear("downtown", false)));
    await().until(() -> received.size() == 3);
    assertThat(received.get(1))
        .isEqualTo(
            "{\"type\":\"machine_update\",\"machineId\":\"downtown-bike-1\",\"gymId\":\"downtown\","
                + "\"category\":\"bike\",\"status\":\"unknown\",\"timestamp\":1772470800,"
                + "\"lastChange\":1772470500,\"reason\":\"sensor-stuck\"}");
    assertThat(received.get(2))
        .isEqualTo(
            "{\"type\":\"gateway_presence\",\"gymId\":\"downtown\","
                + "\"gatewayId\":\"downtown-gateway\",\"status\":\"offline\","
                + "\"lastHeardAt\":1772470760,\"since\":1772467200}");
    socket.abort();
  }

  @Test
  void a_ping_is_answered_by_a_pong_with_the_servers_time() {
    WebSocket socket = API.stream("", received);
    await().until(() -> received.size() == 1);
    socket.sendText("{\"action\":\"ping\"}", true).join();
    await().until(() -> received.size() == 2);
    assertThat(received.get(1)).startsWith("{\"type\":\"pong\",\"serverTime\":1");
    socket.abort();
  }

  @Test
  void filters_can_be_changed_and_a_connection_has_one_set_of_them() {
    WebSocket socket = API.stream("?gym=downtown", received);
    await().until(() -> received.size() == 1);
    socket.sendText("{\"action\":\"subscribe\",\"gym\":\"riverside\"}", true).join();
    await().until(() -> received.size() == 2);
    assertThat(received.get(1)).startsWith("{\"type\":\"hello\"");
    changed("downtown-bike-1", MachineStatus.FREE, Optional.empty());
    changed("riverside-bike-1", MachineStatus.FREE, Optional.empty());
    await().until(() -> received.size() == 3);
    assertThat(received.get(2)).contains("riverside-bike-1");
    socket.abort();
  }

  @Test
  void what_a_client_may_not_ask_is_answered_in_words() {
    WebSocket socket = API.stream("", received);
    socket.sendText("{\"action\":\"subscribe\",\"gym\":\"Down Town\"}", true).join();
    socket.sendText("nonsense", true).join();
    await().until(() -> received.size() == 3);
    assertThat(received.get(1)).contains("\"code\":\"invalid_field\"", "\"field\":\"gym\"");
    assertThat(received.get(2)).contains("\"code\":\"unknown_action\"");
    socket.abort();
  }

  @Test
  void whoever_connects_learns_that_the_feed_is_down() {
    WebSocket socket = API.stream("", _ -> true, received);
    await().until(() -> received.size() >= 2);
    assertThat(received.get(1)).startsWith("{\"type\":\"feed\",\"status\":\"down\",\"since\":1");
    socket.abort();
  }

  @Test
  void a_connection_that_ends_is_forgotten() {
    Broadcast broadcast = API.bean(Broadcast.class);
    int before = broadcast.connections();
    WebSocket socket = API.stream("", received);
    await().until(() -> broadcast.connections() == before + 1);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    await().until(() -> broadcast.connections() <= before);
  }

  @Test
  void a_client_that_stops_reading_is_dropped() throws IOException {
    Broadcast broadcast = API.bean(Broadcast.class);
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), API.port())) {
      String upgrade =
          """
          GET /stream?gym=riverside HTTP/1.1\r
          Host: localhost\r
          Connection: Upgrade\r
          Upgrade: websocket\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: c2lsZW50IGFzIGEgc3RvbmU=\r
          \r
          """;
      silent.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
      assertThat(silent.getInputStream().read()).isEqualTo('H');
      await()
          .until(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  changed("riverside-bike-1", MachineStatus.FREE, Optional.empty());
                }
                return broadcast.dropped() == 1;
              });
    }
  }

  @Test
  void a_malformed_filter_is_refused_before_the_upgrade() {
    assertThatThrownBy(() -> API.stream("?gym=Down+Town", received))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  private void changed(String machine, MachineStatus status, Optional<UnknownReason> reason) {
    feed.accept(new MachineChanged(1, GYMS.set(machine, status, reason)));
  }
}
