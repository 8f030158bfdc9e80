package io.gympulse.sim.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.gympulse.sim.format.DeviceMessages.Publication;
import io.gympulse.sim.lan.EmbeddedBroker.PortInUseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanTest {
  private static final LanAddress ANYWHERE = new LanAddress("127.0.0.1", 0);
  private static final Publication LEVEL = new Publication("gym/mat", "{\"active\":true}", true);
  private static final Publication PULSE = new Publication("gym/vib", "{\"vibration\":1}", false);

  @Test
  void a_subscriber_receives_what_a_sensor_publishes() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(ANYWHERE);
        LanPublisher sensors = publisher(broker.address())) {
      Mqtt5BlockingClient gateway = subscriber(broker);
      try (Mqtt5Publishes received = gateway.publishes(MqttGlobalPublishFilter.ALL)) {
        gateway.subscribeWith().topicFilter("gym/#").qos(MqttQos.AT_LEAST_ONCE).send();
        sensors.publish(LEVEL);
        sensors.publish(PULSE);

        assertThat(payload(received.receive(10, TimeUnit.SECONDS))).contains(LEVEL.payload());
        assertThat(payload(received.receive(10, TimeUnit.SECONDS))).contains(PULSE.payload());
      }
      gateway.disconnect();
    }
  }

  @Test
  void a_late_subscriber_receives_levels_but_no_pulses() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(ANYWHERE);
        LanPublisher sensors = publisher(broker.address())) {
      sensors.publish(PULSE);
      sensors.publish(LEVEL);
      await().until(() -> sensors.published() == 2);
      Mqtt5BlockingClient gateway = subscriber(broker);
      try (Mqtt5Publishes received = gateway.publishes(MqttGlobalPublishFilter.ALL)) {
        gateway.subscribeWith().topicFilter("#").qos(MqttQos.AT_LEAST_ONCE).send();

        Optional<Mqtt5Publish> first = received.receive(10, TimeUnit.SECONDS);
        assertThat(payload(first)).contains(LEVEL.payload());
        assertThat(first.orElseThrow().isRetain()).isTrue();
        assertThat(received.receiveNow()).isEmpty();
      }
      gateway.disconnect();
    }
  }

  @Test
  void after_a_broker_restart_the_latest_levels_are_published_again() throws Exception {
    EmbeddedBroker first = EmbeddedBroker.start(ANYWHERE);
    try (LanPublisher sensors = publisher(first.address())) {
      first.close();
      Publication later = new Publication(LEVEL.topic(), "{\"active\":false}", true);
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(
              () -> {
                sensors.publish(later);
                return sensors.lost() > 0;
              });
      try (EmbeddedBroker second = EmbeddedBroker.start(first.address())) {
        Mqtt5BlockingClient gateway = subscriber(second);
        try (Mqtt5Publishes received = gateway.publishes(MqttGlobalPublishFilter.ALL)) {
          gateway.subscribeWith().topicFilter("gym/#").qos(MqttQos.AT_LEAST_ONCE).send();
          assertThat(payload(received.receive(10, TimeUnit.SECONDS))).contains(later.payload());
        }
        gateway.disconnect();
      }
    }
  }

  @Test
  void a_used_port_is_reported_with_its_address() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(ANYWHERE)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(broker.address()))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining(broker.address().toString());
    }
  }

  @Test
  void an_address_is_parsed_or_refused_with_the_reason() {
    assertThat(LanAddress.parse("127.0.0.1:1883")).isEqualTo(new LanAddress("127.0.0.1", 1883));
    assertThat(LanAddress.parse("[::1]:1883")).hasToString("[::1]:1883");
    assertThatThrownBy(() -> LanAddress.parse("1883")).hasMessageContaining("HOST:PORT");
    assertThatThrownBy(() -> LanAddress.parse("lan:x")).hasMessageContaining("not a number");
    assertThatThrownBy(() -> LanAddress.parse("lan:70000")).hasMessageContaining("70000");
  }

  private static LanPublisher publisher(LanAddress broker) throws Exception {
    LanPublisher publisher = new LanPublisher(broker, "sensors");
    publisher.connection().get(10, TimeUnit.SECONDS);
    return publisher;
  }

  private static Mqtt5BlockingClient subscriber(EmbeddedBroker broker) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("gateway")
            .serverHost(broker.address().host())
            .serverPort(broker.address().port())
            .buildBlocking();
    client.connect();
    return client;
  }

  private static Optional<String> payload(Optional<Mqtt5Publish> message) {
    return message.map(it -> new String(it.getPayloadAsBytes(), StandardCharsets.UTF_8));
  }
}
