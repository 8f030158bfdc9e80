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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StreamSocketTest {
  private static final SampleGyms GYMS = new SampleGyms();
  private static final RunningApi API = new RunningApi(GYMS);

  private final StreamBroadcaster broadcaster = API.bean(StreamBroadcaster.class);
  private final List<String> received = new CopyOnWriteArrayList<>();

  @AfterAll
  static void stop() {
    API.close();
  }

  @Test
  void a_connection_gets_hello_and_then_the_updates_that_match_its_filters() {
    WebSocket socket = API.stream("?gym=downtown&category=bike", received);
    await().until(() -> received.size() == 1);
    assertThat(received.getFirst()).startsWith("{\"type\":\"hello\",\"serverTime\":1");
    changed("riverside-bike-1", MachineStatus.FREE, Optional.empty());
    changed("downtown-treadmill-1", MachineStatus.FREE, Optional.empty());
    changed("downtown-bike-1", MachineStatus.UNKNOWN, Optional.of(UnknownReason.SENSOR_STUCK));
    broadcaster.accept(new PresenceChanged(4, GYMS.setPresence("downtown", false)));
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
  void a_subscription_replaces_the_filters() {
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
  void an_invalid_frame_is_answered_by_an_error() {
    WebSocket socket = API.stream("", received);
    socket.sendText("{\"action\":\"subscribe\",\"gym\":\"Down Town\"}", true).join();
    socket.sendText("nonsense", true).join();
    await().until(() -> received.size() == 3);
    assertThat(received.get(1)).contains("\"code\":\"invalid_field\"", "\"field\":\"gym\"");
    assertThat(received.get(2)).contains("\"code\":\"unknown_action\"");
    socket.abort();
  }

  @Test
  void a_frame_is_sent_to_all_pages_of_the_member_only() {
    String frame = "{\"type\":\"alert\",\"id\":\"d-1\",\"text\":\"frei ü\"}";
    List<String> phone = new CopyOnWriteArrayList<>();
    List<String> desk = new CopyOnWriteArrayList<>();
    List<String> other = new CopyOnWriteArrayList<>();
    WebSocket first = API.streamAs("anna+gym@example.com", "", phone);
    WebSocket second = API.streamAs("anna+gym@example.com", "?gym=riverside", desk);
    WebSocket third = API.streamAs("ben", "", other);
    await().until(() -> phone.size() + desk.size() + other.size() == 3);
    assertThat(API.sendTo("anna+gym@example.com", frame)).isEqualTo(2);
    assertThat(API.sendTo("carla", frame)).isZero();
    await().until(() -> phone.size() == 2 && desk.size() == 2);
    assertThat(phone.getLast()).isEqualTo(frame);
    assertThat(desk.getLast()).isEqualTo(frame);
    assertThat(other).hasSize(1);
    first.abort();
    second.abort();
    third.abort();
  }

  @Test
  void a_user_in_the_address_is_no_identity() {
    assertThat(API.get("/stream?user=anna").statusCode()).isEqualTo(400);
  }

  @Test
  void a_connection_with_a_token_selects_the_subprotocol_and_ends_with_the_token() {
    WebSocket socket = API.streamAs("dora", "", received);
    assertThat(socket.getSubprotocol()).isEqualTo("gympulse");
    await().until(() -> received.size() == 1);
    broadcaster.closeExpired(Instant.now().plusSeconds(30));
    assertThat(API.sendTo("dora", "{}")).isEqualTo(1);
    broadcaster.closeExpired(Instant.now().plusSeconds(90));
    assertThat(API.sendTo("dora", "{}")).isZero();
    await().until(socket::isInputClosed);
  }

  @Test
  void a_new_connection_gets_the_status_of_the_feed() {
    WebSocket socket = API.stream("", _ -> true, received);
    await().until(() -> received.size() >= 2);
    assertThat(received.get(1)).startsWith("{\"type\":\"feed\",\"status\":\"up\",\"since\":1");
    socket.abort();
  }

  @Test
  void a_closed_connection_is_removed() {
    // Connections that earlier tests aborted are removed a moment later.
    await().until(() -> broadcaster.connections() == 0);
    WebSocket socket = API.stream("", received);
    await().until(() -> broadcaster.connections() == 1);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    await().until(() -> broadcaster.connections() == 0);
  }

  @Test
  void a_client_that_stops_reading_is_dropped() throws IOException {
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
                return broadcaster.dropped() == 1;
              });
    }
  }

  @Test
  void an_invalid_filter_is_rejected_before_the_upgrade() {
    assertThatThrownBy(() -> API.stream("?gym=Down+Town", received))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  private void changed(String machine, MachineStatus status, Optional<UnknownReason> reason) {
    broadcaster.accept(new MachineChanged(1, GYMS.set(machine, status, reason)));
  }
}
