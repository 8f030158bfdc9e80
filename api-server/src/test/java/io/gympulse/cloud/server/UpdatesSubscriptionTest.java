package io.gympulse.cloud.server;

import static io.gympulse.cloud.server.SampleUpdates.GYM;
import static io.gympulse.cloud.server.SampleUpdates.change;
import static io.gympulse.cloud.server.SampleUpdates.payload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.api.updates.UpdateListener.Status.Disconnected;
import io.gympulse.cloud.api.updates.UpdateSource.Subscription;
import io.gympulse.contract.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the local cloud's broker.
class UpdatesSubscriptionTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir private Path directory = Path.of("");
  private final RecordingListener listener = new RecordingListener();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker(directory);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void updates_of_all_gyms_arrive_and_other_payloads_are_counted() throws Exception {
    UpdatesSubscription updates = subscription("api-1");
    try (Subscription _ = updates.open(listener)) {
      awaitChanges("down", "up");
      broker.publish(Topics.updates(GYM), "no update".getBytes(UTF_8));
      broker.publish(Topics.updates(GYM), payload(change(1)));
      await().atMost(TIMEOUT).until(() -> !listener.updates.isEmpty());

      assertThat(listener.updates).containsExactly(change(1));
      assertThat(updates.skipped()).isEqualTo(1);
      assertThat(new BrokerHealthCheck(updates).check().detail())
          .isEqualTo("subscribed; 1 payloads that are no updates skipped");
    }
  }

  @Test
  void a_broker_that_restarts_is_subscribed_to_again() throws Exception {
    UpdatesSubscription updates = subscription("api-1");
    try (Subscription _ = updates.open(listener)) {
      awaitChanges("down", "up");
      broker.stop();
      awaitChanges("down", "up", "down");
      assertThat(((Disconnected) listener.statuses.getLast()).reason())
          .contains("127.0.0.1:" + broker.port());
      broker.start();
      awaitChanges("down", "up", "down", "up");
      broker.publish(Topics.updates(GYM), payload(change(2)));
      await().atMost(TIMEOUT).until(() -> listener.updates.contains(change(2)));
    }
  }

  @Test
  void a_certificate_that_the_broker_refuses_is_the_reason() throws Exception {
    UpdatesSubscription updates = subscription("api-1");
    broker.revoke("api-1");
    try (Subscription _ = updates.open(listener)) {
      awaitReason(updates, "refuses the certificate");
    }
  }

  @Test
  void a_thing_that_may_not_read_updates_is_the_reason() throws Exception {
    UpdatesSubscription updates = subscription(broker.provisionObserver("eye"));
    try (Subscription _ = updates.open(listener)) {
      awaitReason(updates, "gympulse/updates/+ cannot be subscribed to");
      assertThat(listener.changes()).containsExactly("down");
    }
  }

  @Test
  void another_authority_and_a_broker_that_does_not_run_are_reasons() throws Exception {
    Path folder = broker.provision("api-1");
    BrokerSettings settings = BrokerSettings.of(broker.address(), folder, "");
    Files.write(folder.resolve("root-ca.pem"), broker.otherAuthority());
    UpdatesSubscription distrusting =
        new UpdatesSubscription(
            new BrokerClients(settings), broker.address(), InstantSource.system());
    try (Subscription _ = distrusting.open(listener)) {
      awaitReason(distrusting, "its certificate is not of root-ca.pem");
    }
    broker.stop();
    UpdatesSubscription alone = subscription("api-2");
    try (Subscription _ = alone.open(new RecordingListener())) {
      awaitReason(alone, "does not serve: ");
    }
  }

  @Test
  void settings_that_cannot_work_are_named_by_their_option() throws Exception {
    Path folder = broker.provision("api-1");
    assertThat(BrokerSettings.of(broker.address(), folder, "").clientId()).isEqualTo("api-1");
    assertThat(BrokerSettings.of(broker.address(), folder, "other").clientId()).isEqualTo("other");
    assertThatThrownBy(() -> BrokerSettings.of("nowhere", folder, ""))
        .hasMessage("--broker 'nowhere' is not of the form HOST:PORT");
    assertThatThrownBy(() -> BrokerSettings.of("host:70000", folder, ""))
        .hasMessageContaining("no such port");
    Files.writeString(folder.resolve("private.key"), "no key");
    BrokerSettings damaged = BrokerSettings.of(broker.address(), folder, "");
    assertThatThrownBy(() -> new BrokerClients(damaged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--credentials");
    Files.delete(folder.resolve("root-ca.pem"));
    assertThatThrownBy(() -> BrokerSettings.of(broker.address(), folder, ""))
        .hasMessageContaining("has no readable root-ca.pem");
  }

  private UpdatesSubscription subscription(String thing) throws Exception {
    return subscription(broker.provision(thing));
  }

  private UpdatesSubscription subscription(Path credentials) {
    BrokerSettings settings = BrokerSettings.of(broker.address(), credentials, "");
    return new UpdatesSubscription(
        new BrokerClients(settings), settings.address(), InstantSource.system());
  }

  private void awaitChanges(String... changes) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(listener.changes()).containsExactly(changes));
  }

  private static void awaitReason(UpdatesSubscription updates, String reason) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(new BrokerHealthCheck(updates).check().detail()).contains(reason));
  }
}
