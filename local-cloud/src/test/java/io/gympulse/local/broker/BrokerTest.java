package io.gympulse.local.broker;

import static com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE;
import static com.hivemq.client.mqtt.datatypes.MqttQos.AT_MOST_ONCE;
import static com.hivemq.client.mqtt.datatypes.MqttQos.EXACTLY_ONCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.CertificateAuthority.Issued;
import io.gympulse.process.ProcessClock;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerTest {

  private static final String OWN = "org/gym-1/gateways/gw-1/";

  @TempDir Path directory;
  TestBroker test;

  @BeforeEach
  void start() throws Exception {
    test = new TestBroker(directory);
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void a_gateway_publishes_its_batches_and_receives_its_acknowledgements() throws Exception {
    Mqtt5BlockingClient client = test.connected("gw-1", test.provision("gw-1"));
    try (var incoming = client.publishes(MqttGlobalPublishFilter.ALL)) {
      client.subscribeWith().topicFilter(OWN + "acks").qos(AT_LEAST_ONCE).send();

      publish(client, OWN + "batches", 5);
      publish(client, "$aws/rules/gympulse_gateway_batches/" + OWN + "batches", 6);
      test.broker().publish(OWN + "acks", "stored".getBytes(UTF_8), 0);

      var acknowledgement = incoming.receive(5, TimeUnit.SECONDS).orElseThrow();
      assertThat(acknowledgement.getPayloadAsBytes()).asString(UTF_8).isEqualTo("stored");
      assertThat(test.published)
          .containsExactly(
              OWN + "batches 5", "$aws/rules/gympulse_gateway_batches/" + OWN + "batches 6");
    }
    client.disconnect();
  }

  @Test
  void two_certificates_with_the_same_user_name_do_not_share_permissions() throws Exception {
    var name = Mqtt5SimpleAuth.builder().username("same").password("same".getBytes(UTF_8)).build();
    Mqtt5BlockingClient first = test.client("gw-1", Optional.of(test.provision("gw-1")));
    first.connectWith().simpleAuth(name).send();
    Mqtt5BlockingClient second = test.client("gw-2", Optional.of(test.provision("gw-2")));
    second.connectWith().simpleAuth(name).send();

    publish(first, OWN + "batches", 1);
    subscribe(first, OWN + "acks");

    assertThatThrownBy(() -> publish(second, OWN + "batches", 2))
        .isInstanceOf(Mqtt5PubAckException.class);
    assertThatThrownBy(() -> subscribe(second, OWN + "acks"))
        .isInstanceOf(Mqtt5SubAckException.class);
    assertThat(test.published).containsExactly(OWN + "batches 1");
    first.disconnect();
    second.disconnect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/gym-1/gateways/gw-2/batches",
        "org/gym-2/gateways/gw-1/batches",
        OWN + "acks",
        "gympulse/errors",
        "$aws/rules/gympulse_not_json/" + OWN + "batches",
        "$aws/things/gw-2/shadow/name/health/update",
      })
  void a_publish_that_the_policy_does_not_allow_is_refused(String topic) throws Exception {
    Mqtt5BlockingClient client = test.connected("gw-1", test.provision("gw-1"));

    assertThatThrownBy(() -> publish(client, topic, 1)).isInstanceOf(Mqtt5PubAckException.class);
    assertThat(test.published).isEmpty();
    client.disconnect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "org/gym-1/gateways/+/acks",
        "org/gym-1/gateways/gw-2/acks",
        OWN + "batches",
        "$aws/rules/#",
        "$share/g/org/gym-1/gateways/gw-2/acks",
        "gympulse/errors",
        "gympulse/+",
      })
  void a_subscription_that_the_policy_does_not_allow_is_refused(String filter) throws Exception {
    Mqtt5BlockingClient client = test.connected("gw-1", test.provision("gw-1"));

    assertThatThrownBy(() -> subscribe(client, filter)).isInstanceOf(Mqtt5SubAckException.class);
    client.disconnect();
  }

  @Test
  void an_observer_receives_rejected_messages() throws Exception {
    Mqtt5BlockingClient client = test.connected("eye", test.provisionObserver("eye"));
    try (var incoming = client.publishes(MqttGlobalPublishFilter.ALL)) {
      subscribe(client, "gympulse/errors");

      test.broker().publish("gympulse/errors", "rejected".getBytes(UTF_8), 0);

      assertThat(incoming.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
          .asString(UTF_8)
          .isEqualTo("rejected");
    }
    client.disconnect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "+/errors",
        "gympulse/#",
        "org/#",
        OWN + "acks",
        "$aws/things/eye/shadow/name/health/get/accepted",
        "$share/g/" + OWN + "acks",
      })
  void an_observer_subscribes_to_nothing_else(String filter) throws Exception {
    Mqtt5BlockingClient client = test.connected("eye", test.provisionObserver("eye"));

    assertThatThrownBy(() -> subscribe(client, filter)).isInstanceOf(Mqtt5SubAckException.class);
    client.disconnect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gympulse/errors",
        OWN + "batches",
        "org/gym-1/gateways/eye/batches",
        "$aws/rules/gympulse_gateway_batches/" + OWN + "batches",
        "$aws/things/eye/shadow/name/health/update",
      })
  void an_observer_cannot_publish(String topic) throws Exception {
    Mqtt5BlockingClient client = test.connected("eye", test.provisionObserver("eye"));

    assertThatThrownBy(() -> publish(client, topic, 1)).isInstanceOf(Mqtt5PubAckException.class);
    assertThat(test.published).isEmpty();
    client.disconnect();
  }

  @Test
  void api_processes_each_receive_the_updates_of_all_gyms() throws Exception {
    Mqtt5BlockingClient first = test.connected("api-1", test.provisionApi("api-1"));
    Mqtt5BlockingClient second = test.connected("api-2", test.provisionApi("api-2"));
    try (var toFirst = first.publishes(MqttGlobalPublishFilter.ALL);
        var toSecond = second.publishes(MqttGlobalPublishFilter.ALL)) {
      test.broker().publish("gympulse/updates/gym-1", "early".getBytes(UTF_8), 0);
      subscribe(first, "gympulse/updates/+");
      subscribe(second, "gympulse/updates/+");

      for (String gym : List.of("gym-1", "gym-2")) {
        test.broker().publish("gympulse/updates/" + gym, gym.getBytes(UTF_8), 0);
        for (var incoming : List.of(toFirst, toSecond)) {
          assertThat(incoming.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
              .asString(UTF_8)
              .isEqualTo(gym);
        }
      }
    }
    first.disconnect();
    second.disconnect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "gympulse/#", "gympulse/errors", "org/#", OWN + "acks"})
  void an_api_process_subscribes_to_nothing_else_and_publishes_nothing(String filter)
      throws Exception {
    Mqtt5BlockingClient client = test.connected("api-1", test.provisionApi("api-1"));

    assertThatThrownBy(() -> subscribe(client, filter)).isInstanceOf(Mqtt5SubAckException.class);
    assertThatThrownBy(() -> publish(client, "gympulse/updates/gym-1", 1))
        .isInstanceOf(Mqtt5PubAckException.class);
    client.disconnect();
  }

  @Test
  void an_observer_connects_under_its_own_name_only() throws Exception {
    test.provision("gw-1");
    var client = test.client("gw-1", Optional.of(test.provisionObserver("eye")));

    assertThatThrownBy(client::connect).isInstanceOf(Mqtt5ConnAckException.class);
  }

  @Test
  void clients_without_a_certificate_of_the_authority_cannot_connect() throws Exception {
    Issued stranger =
        CertificateAuthority.open(directory.resolve("other"), test.now).forThing("gw-1", test.now);
    test.provision("gw-1");

    var nobody = test.client("gw-1", Optional.empty());
    assertThatThrownBy(nobody::connect).isNotInstanceOf(Mqtt5ConnAckException.class);
    var unknown = test.client("gw-1", Optional.of(stranger));
    assertThatThrownBy(unknown::connect).isNotInstanceOf(Mqtt5ConnAckException.class);
  }

  @Test
  void unregistered_certificates_and_other_client_ids_cannot_connect() throws Exception {
    Issued replaced = test.provision("gw-1");
    Issued current = test.provision("gw-1");
    Issued unregistered = test.authority.forThing("gw-9", test.now);

    for (var client :
        new Mqtt5BlockingClient[] {
          test.client("gw-1", Optional.of(replaced)),
          test.client("gw-9", Optional.of(unregistered)),
          test.client("gw-2", Optional.of(current))
        }) {
      assertThatThrownBy(client::connect).isInstanceOf(Mqtt5ConnAckException.class);
    }
    test.connected("gw-1", current).disconnect();
  }

  @Test
  void limits_of_the_real_service_close_the_connection() throws Exception {
    Issued identity = test.provision("gw-1");
    assertThat(MqttLimits.ofPublish(OWN + "batches", 1, 131_072)).isEmpty();

    assertCloses(identity, OWN + "batches", AT_MOST_ONCE, 131_073);
    assertCloses(identity, "a/b/c/d/e/f/g/h/i", AT_MOST_ONCE, 1);
    assertCloses(identity, OWN + "batches::gw-2." + OWN + "acks", AT_MOST_ONCE, 1);
    assertThat(test.published).isEmpty();
    await().until(() -> test.oversized.contains(OWN + "batches 131073"));
    assertThat(MqttLimits.ofPublish(OWN + "batches", 2, 1)).contains(MqttLimits.Violation.QOS_2);
    assertThat(MqttLimits.ofSubscription("a", EXACTLY_ONCE.getCode()))
        .contains(MqttLimits.Violation.QOS_2);
  }

  @Test
  void a_session_and_its_queued_messages_survive_a_restart() throws Exception {
    Issued identity = test.provision("gw-1");
    Mqtt5BlockingClient before = test.client("gw-1", Optional.of(identity));
    before.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
    subscribe(before, OWN + "acks");
    before.disconnect();
    test.broker().publish(OWN + "acks", "missed".getBytes(UTF_8), 1);

    test.restart();

    Mqtt5BlockingClient after = test.client("gw-1", Optional.of(identity));
    try (var incoming = after.publishes(MqttGlobalPublishFilter.ALL)) {
      assertThat(
              after
                  .connectWith()
                  .cleanStart(false)
                  .sessionExpiryInterval(600)
                  .send()
                  .isSessionPresent())
          .isTrue();
      assertThat(incoming.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
          .asString(UTF_8)
          .isEqualTo("missed");
    }
    after.disconnect();
  }

  @Test
  void a_used_port_is_an_error() {
    var settings =
        new BrokerSettings(
            "127.0.0.1",
            test.broker().port(),
            directory.resolve("second"),
            directory.resolve("server.pem"),
            test.authority.certificateFile(),
            directory.resolve("contacts.json"),
            1);

    assertThatThrownBy(
            () ->
                new Broker(settings, test.things, ProcessClock.real())
                    .start((topic, payload) -> {}))
        .isInstanceOf(BindException.class);
  }

  @Test
  void a_stopped_broker_reports_it() {
    assertThat(test.broker().stopped()).isEmpty();
    assertThat(test.broker().unreachable()).isEmpty();
    test.broker().close();
    assertThat(test.broker().stopped()).isPresent();
  }

  private void assertCloses(Issued identity, String topic, MqttQos qos, int bytes)
      throws Exception {
    Mqtt5BlockingClient client = test.connected("gw-1", identity);
    client.toAsync().publishWith().topic(topic).qos(qos).payload(new byte[bytes]).send();
    await().until(() -> !client.getState().isConnected());
  }

  private static void publish(Mqtt5BlockingClient client, String topic, int bytes) {
    client.publishWith().topic(topic).qos(AT_LEAST_ONCE).payload(new byte[bytes]).send();
  }

  private static void subscribe(Mqtt5BlockingClient client, String filter) {
    client.subscribeWith().topicFilter(filter).qos(AT_LEAST_ONCE).send();
  }
}
