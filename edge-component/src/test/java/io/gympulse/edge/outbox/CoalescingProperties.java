package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CoalescingProperties {

  @Property
  void time_in_each_status_transitions_and_last_states_stay_exact(
      @ForAll long seed, @ForAll @IntRange(max = 300) int events) {
    List<MachineEvent> all = events(seed, events);
    assertThat(OccupancyTotals.of(Coalescing.of(all))).isEqualTo(OccupancyTotals.of(all));
  }

  @Property
  void the_events_left_stand_for_every_number_once(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int events) {
    List<MachineEvent> all = events(seed, events);
    long next = all.getFirst().seq().value();
    for (MachineEvent event : Coalescing.of(all)) {
      assertThat(event.standsFor().first().value()).isEqualTo(next);
      next = event.seq().value() + 1;
    }
    assertThat(next).isEqualTo(all.getLast().seq().value() + 1);
  }

  @Property
  void coalescing_in_parts_gives_the_same_result(
      @ForAll long seed,
      @ForAll @IntRange(max = 300) int events,
      @ForAll @IntRange(max = 300) int cut) {
    List<MachineEvent> all = events(seed, events);
    int middle = Math.min(cut, events);
    List<MachineEvent> inParts = new ArrayList<>(Coalescing.of(all.subList(0, middle)));
    inParts.addAll(Coalescing.of(all.subList(middle, events)));
    assertThat(Coalescing.of(inParts)).isEqualTo(Coalescing.of(all));
  }

  @Property
  void a_machine_keeps_one_event_per_bin_if_its_time_never_goes_back(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int events) {
    Random random = new Random(seed);
    List<MachineEvent> all = new ArrayList<>();
    long millis = 0;
    for (int i = 1; i <= events; i++) {
      millis += random.nextInt(400_000);
      all.add(event(i, 0, random, millis, TimeQuality.SYNCED));
    }
    assertThat(Coalescing.of(all)).extracting(it -> Summary.binOf(it.at())).doesNotHaveDuplicates();
  }

  /// Events mostly forward in time; now and then the clock is set or the time quality changes.
  private static List<MachineEvent> events(long seed, int count) {
    Random random = new Random(seed);
    int machines = 1 + random.nextInt(4);
    long millis = 0;
    TimeQuality quality = TimeQuality.SYNCED;
    List<MachineEvent> events = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      millis += random.nextInt(random.nextInt(20) == 0 ? 4_000_000 : 100_000);
      if (random.nextInt(40) == 0) {
        millis -= random.nextInt(1_000_000);
      }
      if (random.nextInt(50) == 0) {
        quality = List.of(TimeQuality.values()).get(random.nextInt(3));
      }
      events.add(event(i + 100, random.nextInt(machines), random, millis, quality));
    }
    return events;
  }

  private static MachineEvent event(
      int seq, int machine, Random random, long millis, TimeQuality quality) {
    MachineStatus status = List.of(MachineStatus.values()).get(random.nextInt(3));
    Optional<UnknownReason> reason =
        Optional.of(UnknownReason.SENSOR_DEAD).filter(_ -> status == MachineStatus.UNKNOWN);
    return new MachineEvent(
        new Sequence(seq),
        new MachineId("m-" + machine),
        status,
        reason,
        OutboxContract.NOON.plusMillis(millis),
        quality);
  }
}
