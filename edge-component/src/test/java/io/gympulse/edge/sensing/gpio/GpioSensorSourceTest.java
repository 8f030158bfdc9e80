package io.gympulse.edge.sensing.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import io.gympulse.contract.floorplan.SensorSource.Gpio;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RememberingListener;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpioSensorSourceTest {
  private static final SensorId SEAT = new SensorId("seat");
  private static final SensorId DOOR = new SensorId("door");
  private final RememberingListener listener = new RememberingListener();

  @Test
  void edges_and_the_first_level_become_readings_with_their_polarity() {
    Context lines = Pi4J.newContextBuilder().add(MockDigitalInputProvider.newInstance()).build();
    Map<SensorId, Gpio> sensors = Map.of(SEAT, new Gpio(17, true), DOOR, new Gpio(27, false));
    try (GpioSensorSource source =
        new GpioSensorSource(sensors, () -> lines, InstantSource.system())) {
      source.start(listener);
      await().until(() -> source.status() instanceof SourceStatus.Running);
      MockDigitalInput seat = lines.io("seat");
      MockDigitalInput door = lines.io("door");
      seat.mockState(DigitalState.HIGH);
      seat.mockState(DigitalState.LOW);
      door.mockState(DigitalState.HIGH);
      door.mockState(DigitalState.LOW);
      assertThat(active(SEAT)).containsSubsequence(true, false);
      assertThat(active(DOOR)).containsSubsequence(false, true);
    }
    await().until(lines::isShutdown);
  }

  @Test
  void a_machine_without_lines_is_a_state_and_no_failure() {
    try (GpioSensorSource source =
        new GpioSensorSource(
            Map.of(SEAT, new Gpio(17, true)),
            () -> {
              throw new IllegalStateException("no chip");
            },
            InstantSource.system())) {
      source.start(listener);
      await().until(() -> !listener.statuses().isEmpty());
      assertThat(listener.statuses()).containsExactly(new SourceStatus.Failing("no chip"));
      assertThat(source.status()).isEqualTo(new SourceStatus.Failing("no chip"));
    }
  }

  private Iterable<Boolean> active(SensorId sensor) {
    return listener.readings().stream()
        .filter(it -> it.sensor().equals(sensor))
        .map(SensorReading::active)
        .toList();
  }
}
