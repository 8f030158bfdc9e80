package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.occupancy.InputQueue.SensorQueue;
import io.gympulse.edge.sensing.SensorInput;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A gateway that is stalled for a while reaches the same states as one that never was.
class DelayProperties {
  private static final List<String> SENSORS = List.of("seat", "motion");

  /// @param after milliseconds since the reading before
  /// @param delayed whether it is not processed before the next one has come
  record Timed(int sensor, boolean active, int after, boolean delayed) {}

  @Provide
  Arbitrary<List<Timed>> readings() {
    return Combinators.combine(
            Arbitraries.integers().between(0, SENSORS.size() - 1),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 20_000),
            Arbitraries.of(true, true, true, false))
        .as(Timed::new)
        .list()
        .ofMaxSize(SensorQueue.CAPACITY);
  }

  @Property(tries = 300)
  void delays_change_nothing(@ForAll("readings") List<Timed> readings) {
    InputQueue queue = new InputQueue(SENSORS.stream().map(SensorId::new).toList());
    TestMachine promptly = machine();
    TestMachine delayed = machine();
    long now = 0;
    for (Timed it : readings) {
      now += it.after();
      String sensor = SENSORS.get(it.sensor());
      promptly.read(sensor, it.active(), now);
      queue.add(TestMachine.reading(sensor, it.active(), now));
      if (!it.delayed()) {
        processAll(queue, delayed);
      }
    }
    processAll(queue, delayed);
    assertThat(delayed.tick(now + 300_000).transitions())
        .isEqualTo(promptly.tick(now + 300_000).transitions());
  }

  private static void processAll(InputQueue queue, TestMachine machine) {
    for (Optional<SensorInput> it = queue.poll(); it.isPresent(); it = queue.poll()) {
      machine.step(it.get());
    }
  }

  private static TestMachine machine() {
    return new TestMachine(TestMachine.level("seat", 300), TestMachine.pulse("motion", 30_000));
  }
}
