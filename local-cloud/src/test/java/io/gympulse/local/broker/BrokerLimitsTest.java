package io.gympulse.local.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.pki.CertificateAuthority.Issued;
import io.gympulse.local.things.ThingName;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Clients that exceed limits, with well-behaved ones at the same time.
class BrokerLimitsTest {

  private static final String OWN = "org/gym-1/gateways/gw-1/";
  private static final String SHADOW = "$aws/things/gw-1/shadow/name/health/";
  private static final String ELSEWHERE = "127.0.0.2";

  @TempDir Path directory;
  TestBroker test;

  @BeforeEach
  void start() throws Exception {
    test = new TestBroker(directory, fastLimits());
  }

  @AfterEach
  void stop() {
    test.close();
  }

  /// AWS IoT Core's limits, except for long durations and large numbers.
  private static BrokerLimits fastLimits() {
    BrokerLimits it = BrokerLimits.IOT_CORE;
    return new BrokerLimits(
        it.publishesPerSecond(),
        it.publishBurst(),
        it.bytesPerSecond(),
        it.byteBurst(),
        it.maxInFlight(),
        it.subscriptions(),
        it.requestsPerSecond(),
        it.requestBurst(),
        it.connectsPerSecond(),
        it.connectBurst(),
        3,
        it.acceptsPerSecond(),
        it.acceptBurst(),
        5,
        it.connectionsPerSource(),
        it.connections(),
        it.queuedBytesPerTopic(),
        it.queuedBytesPerClient());
  }

  @Test
  void the_51st_subscription_is_refused_until_the_client_unsubscribes() throws Exception {
    try (RawClient client = attacker()) {
      for (int i = 0; i < 50; i++) {
        client.subscribe(SHADOW + "a" + i);
        assertThat(client.read(RawClient.SUBACK).lastByte()).isEqualTo(1);
      }
      client.subscribe(SHADOW + "a50");
      assertThat(client.read(RawClient.SUBACK).lastByte()).isEqualTo(0x97);
      client.subscribe(SHADOW + "a49");
      assertThat(client.read(RawClient.SUBACK).lastByte()).isEqualTo(1);

      client.unsubscribe(SHADOW + "a0");
      client.subscribe(SHADOW + "a50");
      assertThat(client.read(RawClient.SUBACK).lastByte()).isEqualTo(1);
      client.subscribe("org/#");
      assertThat(client.read(RawClient.SUBACK).lastByte()).isEqualTo(0x97);
    }
    assertThat(enforced("subscriptions")).isEqualTo(2);
  }

  @Test
  void publishes_over_the_rate_are_discarded_and_answered_and_others_are_served() throws Exception {
    Mqtt5BlockingClient honest = test.connected("gw-2", test.provision("gw-2"));
    try (RawClient client = attacker()) {
      var flood = new ByteArrayOutputStream();
      for (int id = 1; id <= 2_000; id++) {
        flood.write(RawClient.publish(OWN + "batches", id, new byte[1]));
      }
      client.write(flood.toByteArray());
      int discarded = 0;
      for (int id = 1; id <= 2_000; id++) {
        RawClient.Packet answer = client.read(RawClient.PUBACK);
        discarded += answer.body().length > 2 && (answer.body()[2] & 0xFF) == 0x97 ? 1 : 0;
      }
      assertThat(discarded).isPositive();
      assertThat(enforced("publishRate")).isEqualTo(discarded);
      await().until(() -> test.published.size() == 2_000 - enforced("publishRate"));

      honest
          .publishWith()
          .topic("org/gym-1/gateways/gw-2/batches")
          .qos(MqttQos.AT_LEAST_ONCE)
          .send();
      assertThat(test.published).contains("org/gym-1/gateways/gw-2/batches 0");
    }
    honest.disconnect();
  }

  @Test
  void a_refused_packet_leaves_no_address() throws Exception {
    try (RawClient client = attacker()) {
      long before = health("addresses");
      for (int id = 1; id <= 100; id++) {
        client.write(RawClient.publish("org/gym-9/gateways/x" + id + "/batches", id, new byte[1]));
        assertThat(client.read(RawClient.PUBACK).body()[2] & 0xFF).isEqualTo(0x87);
        client.subscribe("org/gym-9/gateways/x" + id + "/acks");
        assertThat(client.read(RawClient.SUBACK).lastByte()).isEqualTo(0x87);
      }
      assertThat(health("addresses")).isEqualTo(before);
      assertThat(enforced("publishPolicy")).isEqualTo(100);
    }
  }

  @Test
  void no_message_is_retained() throws Exception {
    Mqtt5BlockingClient client = test.connected("gw-1", test.provision("gw-1"));

    assertThatThrownBy(
            () ->
                client
                    .publishWith()
                    .topic(OWN + "batches")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(true)
                    .send())
        .isInstanceOf(Mqtt5PubAckException.class);
    assertThat(test.published).isEmpty();
    client.disconnect();
  }

  @Test
  void a_will_that_names_another_clients_queue_is_refused() throws Exception {
    var client = test.client("gw-1", Optional.of(test.provision("gw-1")));

    assertThatThrownBy(
            () ->
                client
                    .connectWith()
                    .willPublish()
                    .topic(OWN + "batches::gw-2.org.gym-1.gateways.gw-2.acks")
                    .payload(new byte[1])
                    .applyWillPublish()
                    .send())
        .isInstanceOf(RuntimeException.class);
    assertThat(enforced("messages")).isEqualTo(1);
  }

  @Test
  void connections_without_connect_are_limited_and_time_out_and_other_sources_are_served()
      throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        open.add(
            new Socket("127.0.0.1", test.broker().port(), InetAddress.getByName(ELSEWHERE), 0));
      }
      await().until(() -> enforced("connectionsOfSource") == 15);
      test.connected("gw-1", test.provision("gw-1")).disconnect();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> health("unfinished") == 0 && enforced("connectTimeout") == 5);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void a_connection_that_is_not_mqtt_is_closed() throws Exception {
    try (RawClient client = new RawClient(test, test.provision("gw-1"), ELSEWHERE)) {
      client.write("POST / HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n".getBytes(UTF_8));
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
    assertThat(enforced("messages")).isEqualTo(1);
  }

  @Test
  void too_many_connects_of_a_certificate_are_refused() throws Exception {
    Issued identity = test.provision("gw-1");
    int refused = 0;
    for (int i = 0; i < 40 && refused == 0; i++) {
      try (RawClient client = new RawClient(test, identity, ELSEWHERE)) {
        client.connect("gw-1");
        refused += (client.read(RawClient.CONNACK).body()[1] & 0xFF) == 0x97 ? 1 : 0;
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(enforced("connectsOfClient")).isEqualTo(1);
    test.connected("gw-2", test.provision("gw-2")).disconnect();
  }

  @Test
  void a_replaced_certificate_does_not_use_up_the_connects_of_its_replacement() throws Exception {
    Issued replaced = test.provision("gw-1");
    Issued current = test.provision("gw-1");
    for (int i = 0; i < 40 && enforced("connectsOfClient") == 0; i++) {
      try (RawClient client = new RawClient(test, replaced, ELSEWHERE)) {
        client.connect("gw-1");
        client.read(RawClient.CONNACK);
      }
    }
    assertThat(enforced("connectsOfClient")).isEqualTo(1);
    RawClient.connected(test, current, "gw-1", "127.0.0.3").close();
  }

  @Test
  void an_oversized_publish_is_reported_on_allowed_topics_only() throws Exception {
    Issued identity = test.provision("gw-1");
    byte[] large = new byte[Topics.MAX_PAYLOAD_BYTES + 1];
    for (String topic : List.of("org/gym-2/gateways/gw-9/batches", OWN + "batches")) {
      try (RawClient client = RawClient.connected(test, identity, "gw-1", ELSEWHERE)) {
        client.write(RawClient.publish(topic, 1, large));
        assertThat(client.read(RawClient.DISCONNECT).body()[0] & 0xFF).isEqualTo(0x95);
      }
    }
    await().until(() -> !test.oversized.isEmpty());
    assertThat(test.oversized).containsExactly(OWN + "batches " + large.length);
  }

  @Test
  void packets_sent_before_the_connack_wait_for_it() throws Exception {
    try (RawClient client = new RawClient(test, test.provision("gw-1"), ELSEWHERE)) {
      var atOnce = new ByteArrayOutputStream();
      atOnce.write(RawClient.connecting("gw-1"));
      atOnce.write(RawClient.publish(OWN + "batches", 1, new byte[7]));
      atOnce.write(RawClient.publish("org/gym-9/gateways/x/batches", 2, new byte[7]));
      client.write(atOnce.toByteArray());

      assertThat(client.read().type()).isEqualTo(RawClient.CONNACK);
      Set<Integer> refused = new HashSet<>();
      for (int i = 0; i < 2; i++) {
        byte[] answer = client.read(RawClient.PUBACK).body();
        if (answer.length > 2 && (answer[2] & 0xFF) == 0x87) {
          refused.add(answer[1] & 0xFF);
        }
      }
      assertThat(refused).containsExactly(2);
      assertThat(test.published).containsExactly(OWN + "batches 7");
    }
  }

  @Test
  void packets_behind_a_refused_connect_are_dropped() throws Exception {
    Issued replaced = test.provision("gw-1");
    test.provision("gw-1");
    try (RawClient client = new RawClient(test, replaced, ELSEWHERE)) {
      var atOnce = new ByteArrayOutputStream();
      atOnce.write(RawClient.connecting("gw-1"));
      atOnce.write(RawClient.publish(OWN + "batches", 1, new byte[7]));
      client.write(atOnce.toByteArray());
      assertThat(client.read(RawClient.CONNACK).body()[1]).isNotZero();
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
    assertThat(test.published).isEmpty();
    assertThat(enforced("publishPolicy")).isZero();
  }

  @Test
  void too_many_packets_before_the_connack_close_the_connection() throws Exception {
    try (RawClient client = new RawClient(test, test.provision("gw-1"), ELSEWHERE)) {
      var atOnce = new ByteArrayOutputStream();
      atOnce.write(RawClient.connecting("gw-1"));
      for (int i = 0; i < 101; i++) {
        atOnce.write(new byte[] {(byte) 0xC0, 0});
      }
      client.write(atOnce.toByteArray());
      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
    }
    assertThat(enforced("messages")).isEqualTo(1);
  }

  @Test
  void an_ordinary_connect_is_not_counted_as_delayed() throws Exception {
    test.connected("gw-1", test.provision("gw-1")).disconnect();
    assertThat(enforced("delayedReads")).isZero();
  }

  @Test
  void a_registration_that_cannot_be_read_does_not_stop_other_maintenance() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger tending = (Logger) LoggerFactory.getLogger(BrokerMaintenance.class);
    Mqtt5BlockingClient damaged = test.connected("gw-2", test.provision("gw-2"));
    log.start();
    tending.addAppender(log);
    try (RawClient client = attacker()) {
      Files.writeString(directory.resolve("things/gw-2.json"), "{");
      Files.writeString(directory.resolve("things/new.json"), "{");
      List<String> topics =
          List.of(OWN + "acks", SHADOW + "get/accepted", SHADOW + "update/accepted");
      client.subscribe(topics.toArray(String[]::new));
      client.read(RawClient.SUBACK);
      byte[] large = new byte[60_000];
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                for (int i = 0; i < 100; i++) {
                  for (String topic : topics) {
                    test.broker().publish(topic, large, 1);
                  }
                }
                return enforced("heldForClient") > 0;
              });
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(directory.resolve("contacts.json")));
    } finally {
      tending.detachAppender(log);
    }
    assertThat(damaged.getState().isConnected()).isTrue();
    assertThat(log.list.stream().filter(it -> it.getFormattedMessage().contains("gw-2")))
        .singleElement()
        .satisfies(it -> assertThat(it.getFormattedMessage()).contains("gw-2.json"));
    damaged.disconnect();
  }

  @Test
  void messages_for_a_client_that_does_not_read_are_limited() throws Exception {
    try (RawClient client = attacker()) {
      client.subscribe(OWN + "acks", SHADOW + "get/accepted", SHADOW + "update/accepted");
      client.read(RawClient.SUBACK);
      byte[] large = new byte[60_000];
      for (int i = 0; i < 400; i++) {
        for (String topic :
            List.of(OWN + "acks", SHADOW + "get/accepted", SHADOW + "update/accepted")) {
          test.broker().publish(topic, large, 1);
        }
      }
      assertThat(health("heldBytes")).isLessThan(4 << 20);
      await().atMost(Duration.ofSeconds(60)).until(() -> enforced("heldForClient") > 0);
      await().atMost(Duration.ofSeconds(60)).until(() -> health("clients") == 0);
    }
  }

  @Test
  void a_revoked_certificate_is_disconnected_and_refused() throws Exception {
    Issued identity = test.provision("gw-1");
    try (RawClient client = RawClient.connected(test, identity, "gw-1", ELSEWHERE)) {
      test.things.revoke(new ThingName("gw-1"), test.now);

      assertThat(client.read(RawClient.DISCONNECT).body()[0] & 0xFF).isEqualTo(0x98);
      assertThatThrownBy(() -> RawClient.connected(test, identity, "gw-1", ELSEWHERE))
          .hasMessageContaining("not connected");
    }
    assertThat(enforced("revoked")).isEqualTo(1);
  }

  @Test
  void a_replaced_certificate_is_disconnected_before_the_new_one_has_connected() throws Exception {
    try (RawClient client = attacker()) {
      test.provision("gw-1");

      assertThat(client.read(RawClient.DISCONNECT).body()[0] & 0xFF).isEqualTo(0x98);
    }
  }

  @Test
  void a_take_over_of_a_client_id_is_counted_and_the_first_client_is_notified() throws Exception {
    Issued identity = test.provision("gw-1");
    try (RawClient first = RawClient.connected(test, identity, "gw-1", ELSEWHERE);
        RawClient _ = RawClient.connected(test, identity, "gw-1", "127.0.0.3")) {
      assertThat(first.read(RawClient.DISCONNECT).body()[0] & 0xFF).isEqualTo(0x8E);
    }
    assertThat(enforced("takenOver")).isEqualTo(1);
  }

  private RawClient attacker() throws Exception {
    return RawClient.connected(test, test.provision("gw-1"), "gw-1", ELSEWHERE);
  }

  private long enforced(String limit) {
    return test.broker().health().path("enforced").path(limit).asLong(-1);
  }

  private long health(String name) {
    return test.broker().health().path(name).asLong(-1);
  }
}
