package io.gympulse.cloud.api.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.api.config.ApiConfiguration.Admission;
import io.gympulse.cloud.api.config.ConnectionLimits;
import io.gympulse.cloud.core.feed.FeedUpdate.MachineChanged;
import io.gympulse.contract.event.MachineStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostileClientsTest {
  private static final String KEY = "c2lsZW50IGFzIGEgc3RvbmU=";

  private final SampleGyms gyms = new SampleGyms();
  private final RunningApi api =
      new RunningApi(
          gyms,
          RunningApi.Settings.STANDARD.withAdmission(
              new Admission(Set.of(), new ConnectionLimits(8, 8))));
  private final StreamBroadcaster broadcaster = api.bean(StreamBroadcaster.class);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void two_clients_with_the_same_key_are_two_connections() throws IOException {
    try (RawSocket first = open()) {
      try (RawSocket second = open()) {
        changed("downtown-bike-1");
        assertThat(first.receiveText("downtown-bike-1").text()).contains("machine_update");
        assertThat(second.receiveText("downtown-bike-1").text()).contains("machine_update");
      }
      await().until(() -> broadcaster.connections() == 1);
      changed("downtown-bike-2");
      assertThat(first.receiveText("downtown-bike-2").text()).contains("machine_update");
    }
  }

  @Test
  void a_message_with_too_many_bytes_in_fragments_is_closed_by_1009() throws IOException {
    try (RawSocket socket = open()) {
      socket.send(RawSocket.TEXT, false, new byte[1_000]);
      for (int i = 0; i < 4; i++) {
        socket.send(RawSocket.CONTINUATION, false, new byte[1_000]);
      }
      assertClosed(socket, 1009);
    }
  }

  @Test
  void a_message_with_too_many_fragments_is_closed_by_1009() throws IOException {
    try (RawSocket socket = open()) {
      socket.send(RawSocket.TEXT, false, new byte[0]);
      for (int i = 0; i < ClientFrameLimiter.MAX_FRAGMENTS; i++) {
        socket.send(RawSocket.CONTINUATION, false, new byte[0]);
      }
      assertClosed(socket, 1009);
    }
  }

  @Test
  void a_too_long_frame_is_closed_by_1009() throws IOException {
    try (RawSocket socket = open()) {
      socket.send(RawSocket.TEXT, true, new byte[ClientFrameLimiter.MAX_MESSAGE_BYTES + 1]);
      assertClosed(socket, 1009);
    }
  }

  @Test
  void too_many_frames_are_closed_by_1008() throws IOException {
    try (RawSocket socket = open()) {
      for (int i = 0; i <= 2 * ClientFrameLimiter.BURST; i++) {
        socket.send(RawSocket.PING, true, new byte[0]);
      }
      assertClosed(socket, 1008);
    }
  }

  @Test
  void a_binary_frame_is_closed_by_1003() throws IOException {
    try (RawSocket socket = open()) {
      socket.send(RawSocket.BINARY, true, new byte[] {1});
      assertClosed(socket, 1003);
    }
  }

  @Test
  void a_close_frame_is_answered_by_one_of_the_same_code() throws IOException {
    try (RawSocket socket = open()) {
      socket.send(RawSocket.CLOSE, true, new byte[] {0x0f, (byte) 0xa0, 'b', 'y', 'e'});
      assertClosed(socket, 4000);
    }
    try (RawSocket socket = open()) {
      socket.send(RawSocket.CLOSE, true, new byte[0]);
      assertClosed(socket, -1);
    }
    await().until(() -> broadcaster.connections() == 0);
  }

  @Test
  void a_ping_frame_is_answered_by_a_pong_frame() throws IOException {
    try (RawSocket socket = open()) {
      socket.send(RawSocket.PING, true, "x".getBytes(UTF_8));
      assertThat(socket.receive(RawSocket.PONG).text()).isEqualTo("x");
    }
  }

  @Test
  void a_source_at_its_limit_is_answered_429_until_a_connection_closes() throws IOException {
    List<RawSocket> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      open.add(open());
    }
    assertThat(api.get("/stream").statusCode()).isEqualTo(429);
    assertThat(api.get("/stream").body()).contains("\"code\":\"too_many_streams\"");
    try (RawSocket refused = new RawSocket(api.port(), "/stream", KEY)) {
      assertThat(refused.status()).contains(" 429 ");
    }
    assertThat(api.get("/health").body()).contains("\"connections\":8,").contains("\"refused\":3,");
    open.getFirst().close();
    await().until(() -> broadcaster.connections() == 7);
    await().until(() -> api.get("/stream").statusCode() != 429);
    open.add(open());
    for (RawSocket socket : open) {
      socket.close();
    }
  }

  private RawSocket open() throws IOException {
    RawSocket socket = new RawSocket(api.port(), "/stream", KEY);
    assertThat(socket.status()).contains(" 101 ");
    assertThat(socket.receive().text()).contains("hello");
    return socket;
  }

  private void changed(String machine) {
    broadcaster.accept(
        new MachineChanged(1, gyms.set(machine, MachineStatus.FREE, Optional.empty())));
  }

  private static void assertClosed(RawSocket socket, int code) throws IOException {
    assertThat(socket.receive(RawSocket.CLOSE).code()).isEqualTo(code);
    assertThat(socket.ended()).isTrue();
  }
}
