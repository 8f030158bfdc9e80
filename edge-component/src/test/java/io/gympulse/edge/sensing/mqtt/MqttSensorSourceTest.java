package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.floorplan.MqttFormat;
import io.gympulse.contract.floorplan.SensorSource.Mqtt;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RememberingListener;
import io.gympulse.edge.sensing.SourceStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MqttSensorSourceTest {

  @Test
  void a_broker_that_is_away_is_a_state_and_no_failure() throws IOException {
    var sensors =
        Map.of(new SensorId("seat"), new Mqtt(MqttFormat.JSON, "gym/seat", "active", true));
    var listener = new RememberingListener();
    try (MqttSensorSource source =
        new MqttSensorSource(
            new LanBroker("127.0.0.1", freePort()), "test", sensors, InstantSource.system())) {
      assertThat(source.status()).isInstanceOf(SourceStatus.Starting.class);
      source.start(listener);
      await().until(() -> !listener.statuses().isEmpty());
      assertThat(listener.statuses().getFirst()).isInstanceOf(SourceStatus.Failing.class);
      assertThat(source.status()).isEqualTo(listener.statuses().getFirst());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
