package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionBacklogTest {
  private static final SensorId SEAT = new SensorId("seat");
  private static final SensorId DOOR = new SensorId("door");

  private final List<SensorInput> received = new ArrayList<>();
  private final SessionBacklog backlog = new SessionBacklog(received::add);

  @Test
  void of_the_readings_that_a_broker_has_kept_the_last_of_each_sensor_counts() {
    long begun = backlog.begin();
    List.of(reading(SEAT, true, 1), reading(DOOR, true, 2), reading(SEAT, false, 3))
        .forEach(backlog);
    assertThat(received).isEmpty();
    backlog.end(begun);
    backlog.accept(reading(SEAT, true, 4));
    assertThat(received)
        .containsExactly(reading(DOOR, true, 2), reading(SEAT, false, 3), reading(SEAT, true, 4));
  }

  @Test
  void a_reading_from_before_the_device_was_unavailable_does_not_count() {
    SensorInput unavailable = new SensorInput.Unavailable(SEAT, at(2));
    long begun = backlog.begin();
    backlog.accept(reading(SEAT, true, 1));
    backlog.accept(unavailable);
    backlog.end(begun);
    assertThat(received).containsExactly(unavailable);
  }

  @Test
  void the_end_of_an_earlier_connection_has_no_effect() {
    long first = backlog.begin();
    backlog.accept(reading(SEAT, true, 1));
    backlog.discard();
    long second = backlog.begin();
    backlog.accept(reading(SEAT, false, 2));
    backlog.end(first);
    assertThat(received).isEmpty();
    backlog.end(second);
    assertThat(received).containsExactly(reading(SEAT, false, 2));
  }

  private static SensorInput reading(SensorId sensor, boolean active, int second) {
    return new SensorInput.Reading(sensor, active, at(second));
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }
}
