package io.gympulse.cloud.server;

import static io.gympulse.cloud.server.SampleUpdates.NOON;
import static io.gympulse.cloud.server.SampleUpdates.change;
import static io.gympulse.cloud.server.SampleUpdates.payload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.updates.UpdateListener.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateDeliveryTest {
  private final RecordingListener listener = new RecordingListener();
  private final UpdateDelivery delivery = new UpdateDelivery(listener, () -> NOON);

  @Test
  void the_listener_gets_the_status_at_the_start_and_at_changes_only() {
    delivery.disconnected("nothing listens");
    delivery.connected();
    delivery.connected();
    delivery.disconnected("lost");
    delivery.disconnected("nothing listens");

    assertThat(listener.statuses)
        .containsExactly(
            new Status.Disconnected(NOON, "not connected yet"),
            new Status.Connected(NOON),
            new Status.Disconnected(NOON, "lost"));
    assertThat(delivery.status()).isEqualTo(new Status.Disconnected(NOON, "nothing listens"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"position\":1}",
        "{\"position\":1,\"machine\":\"M\"}",
        "{\"position\":1e99999999999}",
        "{",
      })
  void a_payload_that_is_no_update_is_counted_and_the_next_one_delivered(String payload) {
    delivery.connected();
    delivery.payload(payload.getBytes(UTF_8));
    delivery.payload(new byte[] {(byte) 0xff});
    delivery.payload(payload(change(2)));

    assertThat(delivery.skipped()).isEqualTo(2);
    assertThat(listener.updates).containsExactly(change(2));
    assertThat(listener.changes()).containsExactly("down", "up");
  }

  @Test
  void a_listener_that_fails_makes_clients_read_again() {
    delivery.connected();
    listener.failing = true;
    delivery.payload(payload(change(1)));
    listener.failing = false;
    delivery.payload(payload(change(2)));

    assertThat(listener.changes()).containsExactly("down", "up", "down", "up");
    assertThat(listener.updates).containsExactly(change(2));
  }

  @Test
  void nothing_is_delivered_after_the_end() {
    delivery.connected();
    delivery.close();
    delivery.payload(payload(change(1)));
    delivery.disconnected("lost");

    assertThat(listener.changes()).containsExactly("down", "up");
    assertThat(listener.updates).isEmpty();
  }
}
