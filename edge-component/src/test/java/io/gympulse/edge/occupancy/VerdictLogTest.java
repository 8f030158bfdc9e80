package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.process.RateLimitedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

class VerdictLogTest {
  private static final long MINUTE = 60_000;

  private final Queue<SubstituteLoggingEvent> lines = new ArrayDeque<>();
  private final VerdictLog log =
      new VerdictLog(
          new RateLimitedLog(new SubstituteLogger("test", lines, false), System::nanoTime));

  @Test
  void a_fault_and_its_end_are_logged_with_sensor_machine_and_cause() {
    TestMachine machine = new TestMachine(TestMachine.level("seat", 0));
    logged(machine, it -> it.read("seat", false, 0));
    logged(machine, it -> it.down("seat", MINUTE));
    logged(machine, it -> it.read("seat", true, 2 * MINUTE));
    assertThat(messages())
        .containsExactly(
            "sensor seat of machine bike is source-down: its source delivers no readings",
            "sensor seat of machine bike is occupied; before it was source-down: its source"
                + " delivers no readings");
  }

  @Test
  void each_kind_of_fault_says_its_cause() {
    Sensor tag =
        TestMachine.level(
            "tag",
            SensorTiming.NONE.withHold(Duration.ofSeconds(5)).withSilentAfter(Duration.ofHours(4)));
    TestMachine machine = new TestMachine(tag).read("tag", true, 0);
    logged(machine, it -> it.tick(181 * MINUTE));
    logged(machine, it -> it.tick(600 * MINUTE));
    assertThat(messages())
        .containsExactly(
            "sensor tag of machine bike is stuck: it was active for 180 minutes without a change",
            "sensor tag of machine bike is dead: it was silent for 240 minutes");
  }

  @Test
  void a_lost_report_of_the_end_is_logged_once() {
    Sensor seat = TestMachine.level("seat", SensorTiming.NONE.withOffDelay(Duration.ofMinutes(15)));
    TestMachine machine = new TestMachine(seat).read("seat", true, 0);
    logged(machine, it -> it.tick(20 * MINUTE));
    logged(machine, it -> it.tick(40 * MINUTE));
    logged(machine, it -> it.read("seat", true, 50 * MINUTE));
    assertThat(messages())
        .containsExactly(
            "sensor seat of machine bike counts as inactive: no reading confirmed that it is"
                + " active within its off-delay");
  }

  @Test
  void use_is_not_logged() {
    TestMachine machine = new TestMachine(TestMachine.level("seat", 0));
    logged(machine, it -> it.read("seat", true, 0));
    logged(machine, it -> it.read("seat", false, MINUTE));
    assertThat(lines).isEmpty();
  }

  private void logged(TestMachine machine, Consumer<TestMachine> step) {
    OccupancyState before = machine.state();
    step.accept(machine);
    log.changed(machine.detector(), before, machine.state());
  }

  private List<String> messages() {
    return lines.stream()
        .map(
            it -> MessageFormatter.arrayFormat(it.getMessage(), it.getArgumentArray()).getMessage())
        .toList();
  }
}
