package io.gympulse.cloud.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineBinsTest {
  private static final Window FIRST = new Window(Instant.parse("2026-05-01T12:00:00Z"));
  private static final OutboxId ONE = new OutboxId(new UUID(0, 1));
  private static final OutboxId OTHER = new OutboxId(new UUID(0, 2));
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MILLI = Duration.ofMillis(1);

  @Property(tries = 400)
  void bins_are_those_of_a_step_by_step_look_at_the_definition(@ForAll long seed) {
    RandomDay day = RandomDay.of(seed, Duration.ofSeconds(15));
    assertThat(bins(day, day.entries())).isEqualTo(new ReferenceBins(day).bins());
  }

  /// Small messages can hold very many events of one moment: the pass over them stays one pass.
  @Test
  void any_number_of_events_may_be_of_one_moment() {
    List<HistoryEntry> entries = new ArrayList<>();
    for (long seq = 1; seq <= 300_000; seq++) {
      entries.add(
          new HistoryEntry(
              FIRST.start(),
              seq % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED,
              Optional.empty(),
              Optional.empty(),
              Optional.of(ONE),
              seq));
    }
    assertThat(
            MachineBins.of(
                MachineStatus.UNKNOWN,
                entries,
                List.of(new Interval(ONE, FIRST.start(), FIRST.end())),
                FIRST,
                1))
        .containsExactly(
            new MachineBin(0, 900_000, 0, 300_000, MachineStatus.UNKNOWN, MachineStatus.FREE));
  }

  @Property
  void neither_order_nor_repetition_matters(@ForAll long seed) {
    RandomDay day = RandomDay.of(seed, MILLI);
    Random random = new Random(seed);
    List<HistoryEntry> again = new ArrayList<>(day.entries());
    day.entries().stream().filter(_ -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(bins(day, again)).isEqualTo(bins(day, day.entries()));
  }

  @Property
  void windows_computed_in_two_goes_are_those_of_one(@ForAll long seed) {
    RandomDay day = RandomDay.of(seed, SECOND);
    List<MachineBin> whole = bins(day, day.entries());
    for (int cut = 1; cut < day.windows(); cut++) {
      Window second = Window.of(day.at(cut * day.perWindow()));
      List<MachineBin> parts =
          new ArrayList<>(
              MachineBins.of(
                  MachineStatus.UNKNOWN,
                  within(day, day.first().start(), second.start()),
                  day.covered(),
                  day.first(),
                  cut));
      parts.addAll(
          MachineBins.of(
              parts.getLast().end(),
              within(day, second.start().minus(Duration.ofMinutes(5)), day.at(day.steps())),
              day.covered(),
              second,
              day.windows() - cut));
      assertThat(parts).isEqualTo(whole);
    }
  }

  @Property
  void each_window_begins_as_the_one_before_ended(@ForAll long seed) {
    RandomDay day = RandomDay.of(seed, MILLI);
    List<MachineBin> bins = bins(day, day.entries());
    for (int i = 1; i < bins.size(); i++) {
      assertThat(bins.get(i).start()).isEqualTo(bins.get(i - 1).end());
    }
  }

  private static List<HistoryEntry> within(RandomDay day, Instant from, Instant to) {
    return day.entries().stream()
        .filter(it -> !it.at().isBefore(from) && it.at().isBefore(to))
        .toList();
  }

  private static List<MachineBin> bins(RandomDay day, List<HistoryEntry> entries) {
    return MachineBins.of(
        MachineStatus.UNKNOWN, entries, day.covered(), day.first(), day.windows());
  }

  @Test
  void the_carry_in_is_valid_until_the_first_entry() {
    assertThat(bin(MachineStatus.OCCUPIED, List.of(entry(ONE, 5, 300, MachineStatus.FREE))))
        .isEqualTo(
            new MachineBin(300_000, 600_000, 0, 1, MachineStatus.OCCUPIED, MachineStatus.FREE));
  }

  @Test
  void time_outside_coverage_is_unknown_despite_entries() {
    List<HistoryEntry> entries =
        List.of(entry(ONE, 1, 100, MachineStatus.OCCUPIED), entry(ONE, 2, 700, MachineStatus.FREE));
    assertThat(bin(MachineStatus.UNKNOWN, entries, interval(ONE, 50, 400)))
        .isEqualTo(
            new MachineBin(300_000, 0, 600_000, 1, MachineStatus.UNKNOWN, MachineStatus.UNKNOWN));
    assertThat(bin(MachineStatus.UNKNOWN, entries)).isEqualTo(MachineBin.UNKNOWN);
  }

  @Test
  void a_new_outbox_begins_with_nothing_known() {
    List<HistoryEntry> entries =
        List.of(
            entry(ONE, 8, 100, MachineStatus.OCCUPIED),
            entry(OTHER, 3, 700, MachineStatus.OCCUPIED));
    MachineBin bin =
        bin(MachineStatus.FREE, entries, interval(ONE, -900, 400), interval(OTHER, 400, 900));
    assertThat(bin)
        .isEqualTo(
            new MachineBin(
                500_000, 100_000, 300_000, 2, MachineStatus.FREE, MachineStatus.OCCUPIED));
  }

  @Test
  void a_coalesced_span_counts_its_own_time() {
    HistoryEntry coalesced = summed(10, 100, 600, 50, 350, 7, MachineStatus.OCCUPIED);
    assertThat(bin(MachineStatus.UNKNOWN, List.of(coalesced), interval(ONE, 0, 900)))
        .isEqualTo(
            new MachineBin(
                350_000, 350_000, 200_000, 8, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED));
  }

  @Test
  void a_coalesced_span_that_is_not_wholly_covered_is_unknown() {
    HistoryEntry coalesced = summed(10, 100, 600, 50, 350, 7, MachineStatus.OCCUPIED);
    assertThat(bin(MachineStatus.UNKNOWN, List.of(coalesced), interval(ONE, 101, 900)))
        .isEqualTo(
            new MachineBin(300_000, 0, 600_000, 1, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED));
  }

  @Test
  void a_coalesced_span_that_another_entry_falls_into_is_unknown() {
    HistoryEntry coalesced = summed(10, 100, 600, 50, 350, 7, MachineStatus.OCCUPIED);
    HistoryEntry amid = entry(OTHER, 2, 300, MachineStatus.FREE);
    assertThat(bin(MachineStatus.FREE, List.of(coalesced, amid), interval(ONE, -1, 900)))
        .isEqualTo(
            new MachineBin(
                300_000, 100_000, 500_000, 1, MachineStatus.FREE, MachineStatus.OCCUPIED));
  }

  @Test
  void a_machine_s_own_report_covers_five_minutes() {
    HistoryEntry report =
        new HistoryEntry(
            FIRST.start().plusSeconds(800),
            MachineStatus.OCCUPIED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);
    assertThat(MachineBins.of(MachineStatus.UNKNOWN, List.of(report), List.of(), FIRST, 2))
        .containsExactly(
            new MachineBin(100_000, 0, 800_000, 1, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED),
            new MachineBin(200_000, 0, 700_000, 0, MachineStatus.OCCUPIED, MachineStatus.UNKNOWN));
  }

  @Test
  void a_machine_s_own_report_lapses_though_a_gateway_covers_the_time() {
    HistoryEntry report =
        new HistoryEntry(
            FIRST.start().plusSeconds(100),
            MachineStatus.OCCUPIED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);
    assertThat(bin(MachineStatus.UNKNOWN, List.of(report), interval(ONE, 0, 900)))
        .isEqualTo(
            new MachineBin(300_000, 0, 600_000, 1, MachineStatus.UNKNOWN, MachineStatus.UNKNOWN));
  }

  @Test
  void of_entries_of_one_time_the_last_by_number_and_outbox_holds() {
    List<HistoryEntry> entries =
        List.of(
            entry(OTHER, 4, 300, MachineStatus.FREE),
            entry(ONE, 4, 300, MachineStatus.UNKNOWN),
            entry(ONE, 3, 300, MachineStatus.OCCUPIED));
    assertThat(bin(MachineStatus.OCCUPIED, entries, interval(ONE, -1, 900)))
        .isEqualTo(
            new MachineBin(300_000, 600_000, 0, 2, MachineStatus.OCCUPIED, MachineStatus.FREE));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 7",
    "Europe/Berlin, 2026-10-25, 9",
    "America/New_York, 2026-03-08, 7",
    "America/New_York, 2026-11-01, 9",
    "Australia/Lord_Howe, 2026-04-05, 8.5",
    "Australia/Lord_Howe, 2026-10-04, 7.5"
  })
  void a_night_in_which_clocks_change_is_as_long_as_it_is(
      String zone, LocalDate day, double hours) {
    ZoneId here = ZoneId.of(zone);
    Instant evening = day.minusDays(1).atTime(LocalTime.of(22, 7)).atZone(here).toInstant();
    Instant morning = day.atTime(LocalTime.of(6, 7)).atZone(here).toInstant();
    List<HistoryEntry> entries =
        List.of(
            new HistoryEntry(
                evening,
                MachineStatus.OCCUPIED,
                Optional.empty(),
                Optional.empty(),
                Optional.of(ONE),
                1),
            new HistoryEntry(
                morning,
                MachineStatus.FREE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(ONE),
                2));
    List<Window> windows = new ArrayList<>(Window.ofDay(day.minusDays(1), here));
    windows.addAll(Window.ofDay(day, here));
    List<Interval> covered =
        List.of(new Interval(ONE, windows.getFirst().start(), windows.getLast().end()));

    List<MachineBin> bins =
        MachineBins.of(MachineStatus.FREE, entries, covered, windows.getFirst(), windows.size());

    assertThat(bins.stream().mapToLong(MachineBin::occupied).sum())
        .isEqualTo(Math.round(hours * 3_600_000));
    assertThat(bins.stream().filter(it -> it.occupied() == 900_000)).hasSize((int) (hours * 4) - 1);
    assertThat(bins.stream().mapToInt(MachineBin::transitions).sum()).isEqualTo(2);
  }

  private static MachineBin bin(
      MachineStatus carryIn, List<HistoryEntry> entries, Interval... covered) {
    List<Interval> intervals =
        covered.length == 0 && carryIn != MachineStatus.UNKNOWN
            ? List.of(interval(ONE, -1, 900))
            : List.of(covered);
    return MachineBins.of(carryIn, entries, intervals, FIRST, 1).getFirst();
  }

  private static Interval interval(OutboxId outbox, int from, int to) {
    return new Interval(outbox, FIRST.start().plusSeconds(from), FIRST.start().plusSeconds(to));
  }

  private static HistoryEntry entry(OutboxId outbox, long seq, int second, MachineStatus status) {
    return new HistoryEntry(
        FIRST.start().plusSeconds(second),
        status,
        Optional.empty(),
        Optional.empty(),
        Optional.of(outbox),
        seq);
  }

  private static HistoryEntry summed(
      long seq, int from, int to, int occupied, int free, int transitions, MachineStatus status) {
    return new HistoryEntry(
        FIRST.start().plusSeconds(to),
        status,
        Optional.empty(),
        Optional.of(
            new Summary(
                new Sequence(seq - 1),
                FIRST.start().plusSeconds(from),
                Duration.ofSeconds(occupied),
                Duration.ofSeconds(free),
                Duration.ofSeconds(to - from - occupied - free),
                transitions)),
        Optional.of(ONE),
        seq);
  }
}
