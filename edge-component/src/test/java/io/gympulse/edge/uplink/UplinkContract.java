package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.gympulse.edge.uplink.InMemoryUplink.Published;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every uplink promises.
abstract class UplinkContract {
  static final String ACKS = "org/g/gateways/gw/acks";
  private static final String TOPIC = "org/g/gateways/gw/batches";

  private final RecordingUplinkListener listener = new RecordingUplinkListener();

  @SuppressWarnings("NullAway.Init") // by the test's preparation
  private Link link;

  /// An uplink and what is at its other end.
  interface Link extends AutoCloseable {
    Uplink uplink();

    void connect();

    void disconnect();

    /// Sends to the topic of acknowledgements.
    void acknowledge(byte[] body);

    /// What has arrived at the broker.
    List<Published> received();

    @Override
    void close();
  }

  /// @return with an uplink that is not started, and no connection
  abstract Link link();

  @BeforeEach
  void prepare() {
    link = link();
  }

  @AfterEach
  void end() {
    link.uplink().close();
    link.close();
  }

  @Test
  void publishing_fails_before_there_is_a_connection() {
    assertThat(publish("{}")).isFalse();
    link.uplink().start(listener);
    assertThat(publish("{}")).isFalse();
    assertThat(listener.states()).isEmpty();
  }

  @Test
  void a_connected_uplink_publishes_and_receives() {
    startConnected();
    assertThat(publish("{\"a\":1}")).isTrue();
    await().until(() -> link.received().equals(List.of(new Published(TOPIC, "{\"a\":1}"))));
    link.acknowledge("{\"b\":2}".getBytes(UTF_8));
    await().until(() -> listener.acknowledgements().equals(List.of("{\"b\":2}")));
  }

  @Test
  void a_lost_connection_is_reported_once_and_publishing_fails_then() {
    startConnected();
    link.disconnect();
    await().until(() -> listener.states().equals(List.of("connected", "disconnected")));
    assertThat(publish("{}")).isFalse();
  }

  @Test
  void after_a_drop_it_connects_and_subscribes_again() {
    startConnected();
    link.disconnect();
    await().until(() -> !listener.isConnected());
    link.connect();
    await()
        .until(() -> listener.states().equals(List.of("connected", "disconnected", "connected")));
    assertThat(publish("again")).isTrue();
    await().until(() -> link.received().equals(List.of(new Published(TOPIC, "again"))));
    link.acknowledge("{}".getBytes(UTF_8));
    await().until(() -> listener.acknowledgements().equals(List.of("{}")));
  }

  @Test
  void a_closed_uplink_publishes_nothing_and_may_be_closed_again() {
    startConnected();
    link.uplink().close();
    assertThat(publish("{}")).isFalse();
    assertThatCode(() -> link.uplink().close()).doesNotThrowAnyException();
  }

  private void startConnected() {
    link.uplink().start(listener);
    link.connect();
    await().until(listener::isConnected);
  }

  /// Whether a message was taken.
  private boolean publish(String body) {
    return link.uplink()
        .publish(TOPIC, body.getBytes(UTF_8))
        .handle((_, failure) -> failure == null)
        .join();
  }
}
