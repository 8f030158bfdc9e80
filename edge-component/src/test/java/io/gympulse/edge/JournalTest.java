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
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.ManualClocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("1970-01-01T00:01:00Z");

  private final ManualClocks clocks = new ManualClocks(new BootId("first"), LONG_AGO, false);
  private final InMemoryOutbox outbox = new InMemoryOutbox();
  private final List<Long> ready = new ArrayList<>();
  private GatewayTime time = new GatewayTime(clocks, clocks);
  private Journal journal = journal();

  @Test
  void events_wait_until_the_clock_is_synchronised_and_then_have_the_true_times() {
    record("bike-1");
    clocks.pass(Duration.ofMinutes(5));
    record("bike-2");
    journal.keepTime();
    assertThat(outbox.peek(0, 10)).isEmpty();
    assertThat(ready).containsOnly(0L);

    clocks.pass(Duration.ofMinutes(5));
    clocks.set(NOON, true);
    journal.keepTime();

    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON.minusSeconds(600), NOON.minusSeconds(300));
    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::quality)
        .containsOnly(TimeQuality.CORRECTED);
    assertThat(ready).last().isEqualTo(2L);
  }

  @Test
  void a_clock_that_is_set_wrong_shifts_nothing_as_the_boot_s_beginning_is_known() {
    clocks.set(NOON, true);
    time = new GatewayTime(clocks, clocks);
    journal = journal();
    record("bike-1");
    clocks.set(NOON.plus(Duration.ofDays(365)), false);
    clocks.pass(Duration.ofMinutes(1));
    record("bike-2");
    clocks.set(NOON.minus(Duration.ofHours(1)), false);
    clocks.pass(Duration.ofMinutes(1));
    record("bike-3");

    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON, NOON.plusSeconds(60), NOON.plusSeconds(120));
  }

  @Test
  void a_time_server_that_sets_the_clock_right_is_believed_from_then_on() {
    clocks.set(NOON.plus(Duration.ofHours(1)), true);
    time = new GatewayTime(clocks, clocks);
    journal = journal();
    record("bike-1");
    clocks.set(NOON, true);
    journal.keepTime();
    clocks.set(LONG_AGO, false);
    clocks.pass(Duration.ofMinutes(1));
    record("bike-2");

    assertThat(outbox.peek(0, 10))
        .extracting(MachineEvent::at)
        .containsExactly(NOON.plus(Duration.ofHours(1)), NOON.plusSeconds(60));
  }

  @Test
  void a_boot_that_was_never_synchronised_lies_between_its_neighbours() {
    clocks.set(NOON, true);
    time = new GatewayTime(clocks, clocks);
    journal = journal();
    record("bike-1");
    boot("second", LONG_AGO, false);
    clocks.pass(Duration.ofMinutes(10));
    record("bike-2");
    boot("third", NOON.plus(Duration.ofHours(1)), true);
    record("bike-3");
    journal.keepTime();

    List<MachineEvent> events = outbox.peek(0, 10);
    assertThat(events)
        .extracting(MachineEvent::quality)
        .containsExactly(TimeQuality.SYNCED, TimeQuality.BOUNDED, TimeQuality.SYNCED);
    assertThat(events.get(1).at()).isBetween(NOON, NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void nothing_is_vouched_for_while_the_wall_time_is_not_known() {
    clocks.pass(Duration.ofMinutes(1));
    journal.markAlive(time.instant());
    assertThat(journal.vouchedTo(time.instant())).isEmpty();

    clocks.set(NOON, true);

    assertThat(journal.vouchedTo(time.instant())).contains(NOON);
  }

  @Test
  void the_mark_of_another_boot_vouches_for_nothing() {
    clocks.set(NOON, true);
    journal.markAlive(time.instant());
    boot("second", NOON.plusSeconds(30), true);

    assertThat(journal.vouchedTo(time.instant())).isEmpty();
  }

  @Test
  void a_machine_that_is_not_watched_any_more_is_unknown_since_it_last_was() {
    clocks.set(NOON, true);
    time = new GatewayTime(clocks, clocks);
    journal = journal();
    record("bike-1");
    clocks.pass(Duration.ofMinutes(1));
    journal.markAlive(time.instant());
    clocks.pass(Duration.ofMinutes(9));

    var _ = journal.resumed(List.of());
    var _ = journal.resumed(List.of());

    assertThat(outbox.peek(1, 10)).hasSize(1);
    MachineEvent gone = outbox.peek(1, 10).getFirst();
    assertThat(gone.reason()).contains(UnknownReason.GATEWAY_OFF);
    assertThat(gone.at()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void what_was_learnt_is_there_after_a_restart_and_let_go_if_it_cannot_be_read() throws Exception {
    DwellHistories learnt = DwellHistories.parse("dwells 1");
    journal.keep(learnt);
    assertThat(outbox.kept("dwell-histories")).contains(learnt.text().getBytes(UTF_8));

    outbox.keep("dwell-histories", "dwells 9".getBytes(UTF_8)).join();

    assertThat(journal.resumed(List.of())).isEmpty();
  }

  private void boot(String id, Instant wall, boolean synchronised) {
    clocks.reboot(new BootId(id), wall, synchronised);
    time = new GatewayTime(clocks, clocks);
    journal = journal();
  }

  private Journal journal() {
    return new Journal(outbox, time, Recorder.none(), () -> ready.add(outbox.ready()));
  }

  private void record(String machine) {
    journal
        .record(
            new MachineState(
                new MachineId(machine), MachineStatus.FREE, time.instant(), Optional.empty()))
        .join();
  }
}
