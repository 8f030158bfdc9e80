package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;

class MqttUplinkTest {
  private static final byte[] BODY = "{}".getBytes(UTF_8);

  @Test
  void a_client_that_throws_is_a_publish_that_failed() {
    Mqtt5Client client = mock(Mqtt5Client.class);
    when(client.publish(any())).thenThrow(new CrtRuntimeException(1));
    try (MqttUplink uplink = new MqttUplink((_, _) -> client, "acks", () -> "")) {
      uplink.start(new IgnoringListener());
      CompletableFuture<Void> published = uplink.publish("topic", BODY);
      assertThat(published).isCompletedExceptionally();
    }
  }

  @Test
  void a_client_that_throws_cannot_subscribe_yet_and_breaks_nothing() {
    Mqtt5Client client = mock(Mqtt5Client.class);
    when(client.subscribe(any())).thenThrow(new CrtRuntimeException(1));
    List<LifecycleEvents> lifecycle = new ArrayList<>();
    MqttUplink.ClientFactory clients =
        (events, _) -> {
          lifecycle.add(events);
          return client;
        };
    try (MqttUplink uplink = new MqttUplink(clients, "acks", () -> "")) {
      uplink.start(new IgnoringListener());
      assertThatCode(
              () ->
                  lifecycle
                      .getFirst()
                      .onConnectionSuccess(client, mock(OnConnectionSuccessReturn.class)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void nothing_can_be_published_before_the_start() {
    Mqtt5Client client = mock(Mqtt5Client.class);
    try (MqttUplink uplink = new MqttUplink((_, _) -> client, "acks", () -> "")) {
      assertThat(uplink.publish("topic", BODY)).isCompletedExceptionally();
    }
  }

  @Test
  void files_that_cannot_be_used_are_refused_by_their_names() {
    Path none = Path.of("no-such.pem");
    UplinkSettings.Direct settings =
        new UplinkSettings.Direct(
            "127.0.0.1", 8883, none, none, none, UplinkSettings.TopicMode.PLAIN);
    assertThatThrownBy(() -> MqttUplink.direct(settings, "gw", "acks"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("uplink: no-such.pem cannot be read")
        .hasMessageContaining("put the gateway's certificate there");
  }

  private static final class IgnoringListener implements Uplink.Listener {
    @Override
    public void connected() {}

    @Override
    public void disconnected(String reason) {}

    @Override
    public void acknowledgement(byte[] body) {}
  }
}
