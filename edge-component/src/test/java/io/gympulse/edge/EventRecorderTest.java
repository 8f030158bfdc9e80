package io.gympulse.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.occupancy.DwellHistories;
import io.gympulse.edge.outbox.EventQueue;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.ManualClocks;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("1970-01-01T00:01:00Z");

  private final ManualClocks clocks = new ManualClocks(new BootId("first"), LONG_AGO, false);
  private final InMemoryOutbox outbox = new InMemoryOutbox();
  private final List<Long> ready = new ArrayList<>();
  private GatewayTime time = new GatewayTime(clocks);
  private EventRecorder events = newRecorder();

  @Test
  void events_wait_until_the_clock_is_synchronised_and_then_have_the_true_times() {
    record("bike-1");
    clocks.advance(Duration.ofMinutes(5));
    record("bike-2");
    events.updateBootTime();
    assertThat(outbox.peek(0, 10)).isEmpty();
    assertThat(ready).containsOnly(0L);

    clocks.advance(Duration.ofMinutes(5));
    clocks.setWall(NOON, true);
    events.updateBootTime();

    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON.minusSeconds(600), NOON.minusSeconds(300));
    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::quality)
        .containsOnly(TimeQuality.CORRECTED);
    assertThat(ready).last().isEqualTo(2L);
  }

  @Test
  void a_clock_that_is_set_wrong_has_no_effect_once_the_start_of_the_boot_is_known() {
    clocks.setWall(NOON, true);
    time = new GatewayTime(clocks);
    events = newRecorder();
    record("bike-1");
    clocks.setWall(NOON.plus(Duration.ofDays(365)), false);
    clocks.advance(Duration.ofMinutes(1));
    record("bike-2");
    clocks.setWall(NOON.minus(Duration.ofHours(1)), false);
    clocks.advance(Duration.ofMinutes(1));
    record("bike-3");

    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON, NOON.plusSeconds(60), NOON.plusSeconds(120));
  }

  @Test
  void a_correction_by_a_time_server_applies_from_then_on() {
    clocks.setWall(NOON.plus(Duration.ofHours(1)), true);
    time = new GatewayTime(clocks);
    events = newRecorder();
    record("bike-1");
    clocks.setWall(NOON, true);
    events.updateBootTime();
    clocks.setWall(LONG_AGO, false);
    clocks.advance(Duration.ofMinutes(1));
    record("bike-2");

    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON.plus(Duration.ofHours(1)), NOON.plusSeconds(60));
  }

  @Test
  void a_boot_that_was_never_synchronised_lies_between_its_neighbours() {
    clocks.setWall(NOON, true);
    time = new GatewayTime(clocks);
    events = newRecorder();
    record("bike-1");
    boot("second", LONG_AGO, false);
    clocks.advance(Duration.ofMinutes(10));
    record("bike-2");
    boot("third", NOON.plus(Duration.ofHours(1)), true);
    record("bike-3");
    events.updateBootTime();

    List<MachineEvent> waiting = outbox.peek(0, 10);
    assertThat(waiting)
        .extracting(MachineEvent::quality)
        .containsExactly(TimeQuality.SYNCED, TimeQuality.BOUNDED, TimeQuality.SYNCED);
    assertThat(waiting.get(1).at()).isBetween(NOON, NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void a_transition_that_could_not_be_recorded_is_retried_and_not_durable_before() {
    clocks.setWall(NOON, true);
    time = new GatewayTime(clocks);
    AtomicInteger failures = new AtomicInteger(2);
    events = newRecorder(refusing(failures));
    record("bike-1");
    assertThat(events.isDurable()).isFalse();
    assertThat(outbox.peek(0, 10)).isEmpty();
    record("bike-2");
    assertThat(failures).hasNonPositiveValue();
    assertThat(events.isDurable()).isTrue();
    assertThat(outbox.peek(0, 10))
        .extracting(it -> it.machine().value())
        .containsExactly("bike-1", "bike-2");
  }

  @Test
  void there_is_no_watermark_while_the_wall_time_is_unknown() {
    clocks.advance(Duration.ofMinutes(1));
    var _ = events.markAlive(time.instant());
    assertThat(events.watermark(time.instant())).isEmpty();

    clocks.setWall(NOON, true);

    assertThat(events.watermark(time.instant())).contains(NOON);
  }

  @Test
  void the_last_alive_mark_of_another_boot_is_not_a_watermark() {
    clocks.setWall(NOON, true);
    var _ = events.markAlive(time.instant());
    boot("second", NOON.plusSeconds(30), true);

    assertThat(events.watermark(time.instant())).isEmpty();
  }

  @Test
  void a_machine_that_is_no_longer_configured_is_unknown_since_the_last_alive_mark() {
    clocks.setWall(NOON, true);
    time = new GatewayTime(clocks);
    events = newRecorder();
    record("bike-1");
    clocks.advance(Duration.ofMinutes(1));
    var _ = events.markAlive(time.instant());
    clocks.advance(Duration.ofMinutes(9));

    var _ = events.initialStates(List.of());
    var _ = events.initialStates(List.of());

    assertThat(outbox.peek(1, 10)).hasSize(1);
    MachineEvent end = outbox.peek(1, 10).getFirst();
    assertThat(end.reason()).contains(UnknownReason.GATEWAY_OFF);
    assertThat(end.at()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void dwell_histories_are_stored_and_unreadable_ones_are_discarded() throws Exception {
    DwellHistories histories = DwellHistories.parse("dwells 1");
    events.store(histories);
    assertThat(outbox.document("dwell-histories")).contains(histories.text().getBytes(UTF_8));

    outbox.putDocument("dwell-histories", "dwells 9".getBytes(UTF_8)).join();

    assertThat(events.initialStates(List.of())).isEmpty();
  }

  /// The outbox, whose next appends throw.
  private EventQueue refusing(AtomicInteger failures) {
    return (EventQueue)
        Proxy.newProxyInstance(
            EventQueue.class.getClassLoader(),
            new Class<?>[] {EventQueue.class},
            (_, method, arguments) -> {
              if (method.getName().equals("append") && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("no room");
              }
              return method.invoke(outbox, arguments);
            });
  }

  private void boot(String id, Instant wall, boolean synchronised) {
    clocks.reboot(new BootId(id), wall, synchronised);
    time = new GatewayTime(clocks);
    events = newRecorder();
  }

  private EventRecorder newRecorder() {
    return newRecorder(outbox);
  }

  private EventRecorder newRecorder(EventQueue queue) {
    return new EventRecorder(
        queue,
        outbox,
        time,
        Optional.empty(),
        () -> ready.add(outbox.lastReady()),
        System::nanoTime);
  }

  private void record(String machine) {
    events.record(
        new MachineState(
            new MachineId(machine), MachineStatus.FREE, time.instant(), Optional.empty()));
  }
}
