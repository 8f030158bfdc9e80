package io.gympulse.system.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.sensing.mqtt.MqttReadingSource;
import io.gympulse.sim.format.DeviceMessages;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.sim.lan.LanPublisher;
import io.gympulse.sim.sensor.MountedSensor;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Simulator, broker and the gateway's MQTT source: the gateway reads all messages that the
/// simulator publishes for the same floor plan.
class EveryPresetTest {
  private final BlockingQueue<SensorInput.Reading> readings = new LinkedBlockingQueue<>();
  private final BlockingQueue<SensorId> unavailable = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> running = new CompletableFuture<>();

  @Test
  void the_gateway_reads_all_messages_of_the_simulator() throws Exception {
    FloorPlan plan = FloorPlanFile.read(Path.of("..", "floor-plans", "riverside.json"));
    List<MountedSensor> fittings = MountedSensor.allOf(plan);
    List<Sensor> sensors =
        plan.machines().stream().map(Machine::sensors).flatMap(List::stream).toList();
    try (var broker = io.gympulse.sim.lan.EmbeddedBroker.start(new LanAddress("127.0.0.1", 0));
        var publisher = new LanPublisher(broker.address(), "sensors");
        var source =
            new MqttReadingSource(
                LanBrokerConfig.open("127.0.0.1", broker.address().port()),
                "gateway",
                sensors,
                InstantSource.system(),
                Optional::of)) {
      publisher.connection().get(20, TimeUnit.SECONDS);
      DeviceMessages.online(fittings).forEach(publisher::publish);
      // A bridge that comes online while the gateway is connected sends old states again at first.
      await().until(() -> publisher.pending() == 0);
      source.start(this::received);
      running.get(20, TimeUnit.SECONDS);
      for (boolean active : new boolean[] {true, false, true}) {
        for (MountedSensor fitting : fittings) {
          assertRead(publisher, fitting, active);
        }
      }
    }
    assertThat(readings).isEmpty();
    assertThat(unavailable).isEmpty();
  }

  private void assertRead(LanPublisher publisher, MountedSensor fitting, boolean active)
      throws InterruptedException {
    Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    DeviceMessages.of(new SimulatedReading(at, fitting, active)).ifPresent(publisher::publish);
    assertThat(readings.poll(20, TimeUnit.SECONDS))
        .isNotNull()
        .satisfies(
            it -> {
              assertThat(it.sensor()).isEqualTo(fitting.sensor().id());
              assertThat(it.active()).isEqualTo(active);
              assertThat(it.at()).isBetween(at, Instant.now());
            });
  }

  private void received(SensorInput input) {
    switch (input) {
      case SensorInput.Reading it -> readings.add(it);
      case SensorInput.Unavailable it -> unavailable.add(it.sensor());
      case SensorInput.SourceUp _ -> running.complete(null);
      case SensorInput.SourceDown _, SensorInput.Overflow _ -> {}
    }
  }
}
