package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SensorId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A gateway that is held up for a while tells the same afterwards as one that never was.
class HoldUpProperties {
  private static final List<String> SENSORS = List.of("seat", "motion");

  /// @param after milliseconds since the one before
  /// @param heldUp whether it is not taken before the next one has come
  record Said(int sensor, boolean active, int after, boolean heldUp) {}

  @Provide
  Arbitrary<List<Said>> said() {
    return Combinators.combine(
            Arbitraries.integers().between(0, SENSORS.size() - 1),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 20_000),
            Arbitraries.of(true, true, true, false))
        .as(Said::new)
        .list()
        .ofMaxSize(Lane.CAPACITY);
  }

  @Property(tries = 300)
  void hold_ups_change_nothing(@ForAll("said") List<Said> said) {
    Inbox inbox = new Inbox(SENSORS.stream().map(SensorId::new).toList());
    Floor promptly = floor();
    Floor heldUp = floor();
    long now = 0;
    for (Said it : said) {
      now += it.after();
      String sensor = SENSORS.get(it.sensor());
      promptly.read(sensor, it.active(), now);
      inbox.add(new SensorId(sensor), Floor.reading(sensor, it.active(), now));
      if (!it.heldUp()) {
        takeAll(inbox, heldUp);
      }
    }
    takeAll(inbox, heldUp);
    assertThat(heldUp.tick(now + 300_000).transitions())
        .isEqualTo(promptly.tick(now + 300_000).transitions());
  }

  private static void takeAll(Inbox inbox, Floor floor) {
    for (Optional<DetectorInput.OfSensor> it = inbox.poll(); it.isPresent(); it = inbox.poll()) {
      floor.step(it.get());
    }
  }

  private static Floor floor() {
    return new Floor(Floor.level("seat", 300), Floor.pulse("motion", 30_000));
  }
}
