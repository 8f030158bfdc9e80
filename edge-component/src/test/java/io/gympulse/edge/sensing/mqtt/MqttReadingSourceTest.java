package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SourceStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MqttReadingSourceTest {
  private static final Sensor SEAT =
      MqttSensors.level("seat", "\"preset\":\"tasmota\",\"device\":\"seat\"");

  @Test
  void an_unreachable_broker_is_a_status_and_not_an_exception() throws IOException {
    var receiver = new RecordingReceiver();
    try (MqttReadingSource source =
        new MqttReadingSource(
            LanBrokerConfig.open("127.0.0.1", freePort()),
            "test",
            List.of(SEAT),
            InstantSource.system(),
            Optional::of)) {
      assertThat(source.status()).isInstanceOf(SourceStatus.Starting.class);
      source.start(receiver);
      await().until(() -> !receiver.changes().isEmpty());
      assertThat(receiver.changes().getFirst())
          .isInstanceOfSatisfying(
              SensorInput.SourceDown.class, it -> assertThat(it.sensor()).isEqualTo(SEAT.id()));
      assertThat(source.status()).isInstanceOf(SourceStatus.Failing.class);
      assertThat(source.sensors()).containsExactly(SEAT.id());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
