package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.occupancy.InputQueue.SensorQueue;
import io.gympulse.edge.sensing.SensorInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputQueueTest {
  private static final SensorId BUSY = new SensorId("busy");
  private static final SensorId CALM = new SensorId("calm");

  private final InputQueue queue = new InputQueue(List.of(BUSY, CALM));

  @Test
  void inputs_of_all_sensors_are_polled_in_the_order_of_their_times() {
    for (int i = 1; i <= 10; i++) {
      queue.add(TestMachine.reading("busy", true, 10L * i));
    }
    queue.add(TestMachine.reading("calm", true, 95));
    List<SensorInput> polled = all();
    assertThat(polled).isSortedAccordingTo(Comparator.comparing(SensorInput::at)).hasSize(11);
    assertThat(polled.get(9)).isEqualTo(TestMachine.reading("calm", true, 95));
  }

  @Test
  void inputs_of_equal_times_are_polled_from_each_sensor_in_turn() {
    for (int i = 0; i < 100; i++) {
      queue.add(TestMachine.reading("busy", i % 2 == 0, 5));
    }
    queue.add(TestMachine.reading("calm", true, 5));
    assertThat(all().indexOf(TestMachine.reading("calm", true, 5))).isEqualTo(1);
  }

  @Test
  void however_much_one_sensor_sends_another_waits_for_its_bounded_queue_only() {
    send("busy", 10_000);
    queue.add(TestMachine.reading("calm", true, 10_000));
    assertThat(all().indexOf(TestMachine.reading("calm", true, 10_000)))
        .isEqualTo(SensorQueue.CAPACITY + 2);
  }

  @Test
  void an_overflow_drops_all_readings_between_the_first_ones_and_the_last() {
    send("busy", 10_000);
    List<SensorInput> polled = all();
    assertThat(polled).hasSize(SensorQueue.CAPACITY + 2);
    for (int i = 0; i < SensorQueue.CAPACITY; i++) {
      assertThat(polled.get(i)).isEqualTo(TestMachine.reading("busy", i % 2 == 0, i));
    }
    assertThat(polled.get(SensorQueue.CAPACITY))
        .isEqualTo(new SensorInput.Overflow(BUSY, TestMachine.at(SensorQueue.CAPACITY)));
    assertThat(polled.getLast()).isEqualTo(TestMachine.reading("busy", false, 9_999));
    assertThat(queue.dropped()).isEqualTo(10_000 - SensorQueue.CAPACITY - 1);
  }

  @Test
  void after_an_overflow_was_polled_everything_is_queued_again() {
    send("busy", 1_000);
    all();
    send("busy", 3);
    assertThat(all()).hasSize(3);
  }

  @Test
  void an_overflow_never_drops_that_a_source_went_down() {
    send("busy", 1_000);
    SensorInput down = new SensorInput.SourceDown(BUSY, TestMachine.at(1_000));
    queue.add(down);
    assertThat(all())
        .endsWith(new SensorInput.Overflow(BUSY, TestMachine.at(SensorQueue.CAPACITY)), down);
  }

  @Test
  void an_overflow_never_drops_that_a_source_came_up_again() {
    send("busy", 1_000);
    queue.add(new SensorInput.SourceDown(BUSY, TestMachine.at(1_000)));
    SensorInput up = new SensorInput.SourceUp(BUSY, TestMachine.at(1_001));
    queue.add(up);
    assertThat(all())
        .endsWith(new SensorInput.Overflow(BUSY, TestMachine.at(SensorQueue.CAPACITY)), up);
  }

  @Test
  void the_last_level_outlives_an_overflow_that_began_with_the_source_coming_up() {
    send("busy", SensorQueue.CAPACITY);
    SensorInput up = new SensorInput.SourceUp(BUSY, TestMachine.at(200));
    queue.add(up);
    assertThat(all())
        .endsWith(
            new SensorInput.Overflow(BUSY, TestMachine.at(200)),
            up,
            TestMachine.reading("busy", false, SensorQueue.CAPACITY - 1)
                .withTime(TestMachine.at(200)));
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void an_unavailable_device_stays_unavailable_when_its_source_comes_up() {
    send("busy", 1_000);
    SensorInput unavailable = new SensorInput.Unavailable(BUSY, TestMachine.at(1_000));
    queue.add(unavailable);
    queue.add(new SensorInput.SourceUp(BUSY, TestMachine.at(1_001)));
    assertThat(all())
        .endsWith(
            new SensorInput.Overflow(BUSY, TestMachine.at(SensorQueue.CAPACITY)), unavailable);
  }

  @Test
  void the_oldest_input_is_known_of_whatever_sensor() {
    queue.add(TestMachine.reading("busy", true, 7));
    queue.add(TestMachine.reading("calm", true, 3));
    assertThat(queue.oldest()).contains(TestMachine.at(3));
    all();
    assertThat(queue.oldest()).isEmpty();
  }

  @Test
  void an_input_of_an_unknown_sensor_is_ignored() {
    queue.add(TestMachine.reading("other", true, 0));
    assertThat(queue.poll()).isEmpty();
  }

  private void send(String sensor, int times) {
    for (int i = 0; i < times; i++) {
      queue.add(TestMachine.reading(sensor, i % 2 == 0, i));
    }
  }

  private List<SensorInput> all() {
    List<SensorInput> polled = new ArrayList<>();
    for (Optional<SensorInput> it = queue.poll(); it.isPresent(); it = queue.poll()) {
      polled.add(it.get());
    }
    return polled;
  }
}
