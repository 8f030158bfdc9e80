package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.sensing.mqtt.BrokerClient.End;
import io.gympulse.edge.sensing.mqtt.BrokerClient.Version;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Connected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerConnectionTest {
  private final List<Version> versions = new ArrayList<>();
  private final List<FakeBrokerClient> clients = new ArrayList<>();
  private final List<Connected> connections = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private final BrokerConnection connection =
      new BrokerConnection(
          version -> {
            versions.add(version);
            clients.add(new FakeBrokerClient());
            return clients.getLast();
          },
          new BrokerConnection.Listener() {
            @Override
            public void connected(Connected made) {
              connections.add(made);
            }

            @Override
            public void received(String topic, byte[] payload, boolean retained) {}

            @Override
            public void disconnected(String reason) {
              reasons.add(reason);
            }
          },
          (delay, task) -> {
            delays.add(delay);
            tasks.add(task);
          });

  private BrokerClient.Listener events() {
    return clients.getLast().listener.orElseThrow();
  }

  @Test
  void a_refused_version_is_followed_at_once_by_the_older_one() {
    connection.start();
    events().ended(new End.VersionRefused("not a valid packet"));
    assertThat(versions).containsExactly(Version.MQTT_5, Version.MQTT_3_1_1);
    assertThat(clients.getFirst().closed).isTrue();
    assertThat(reasons).isEmpty();
    events().connected(false);
    assertThat(connections)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.version()).isEqualTo(Version.MQTT_3_1_1);
              assertThat(it.refused()).contains("not a valid packet");
            });
  }

  @Test
  void after_the_loss_of_a_connection_the_newer_version_is_tried_again() {
    connection.start();
    events().ended(new End.VersionRefused("not a valid packet"));
    events().connected(false);
    events().ended(new End.Lost("socket closed"));
    assertThat(reasons).containsExactly("connection lost: socket closed");
    assertThat(versions).hasSize(2);
    tasks.getLast().run();
    assertThat(versions).containsExactly(Version.MQTT_5, Version.MQTT_3_1_1, Version.MQTT_5);
  }

  @Test
  void a_broker_that_refuses_both_versions_is_retried_later() {
    connection.start();
    events().ended(new End.VersionRefused("closed"));
    events().ended(new End.VersionRefused("closed"));
    assertThat(reasons).containsExactly("no connection: closed (MQTT 5: closed)");
    assertThat(delays).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void attempts_that_fail_follow_each_other_more_and_more_slowly() {
    connection.start();
    for (int i = 0; i < 6; i++) {
      events().ended(new End.NotConnected("refused"));
      tasks.getLast().run();
    }
    assertThat(delays).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
  }

  @Test
  void a_connection_that_lasts_makes_the_next_attempts_fast_again() {
    connection.start();
    for (int i = 0; i < 4; i++) {
      events().ended(new End.NotConnected("refused"));
      tasks.getLast().run();
    }
    events().connected(false);
    tasks.getLast().run();
    events().ended(new End.Lost("socket closed"));
    assertThat(delays.getLast()).hasSeconds(1);
  }

  @Test
  void events_after_the_end_of_a_connection_are_ignored() {
    connection.start();
    BrokerClient.Listener first = events();
    first.ended(new End.NotConnected("refused"));
    first.ended(new End.NotConnected("refused"));
    first.connected(false);
    assertThat(reasons).hasSize(1);
    assertThat(connections).isEmpty();
    connection.close();
    tasks.getLast().run();
    assertThat(clients).hasSize(1);
  }
}
