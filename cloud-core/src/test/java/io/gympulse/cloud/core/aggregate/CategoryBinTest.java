package io.gympulse.cloud.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.CategoryBin.Totals;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryBinTest {
  private static final GymId GYM = new GymId("downtown");
  private static final Window WINDOW = new Window(Instant.parse("2026-05-01T12:00:00Z"));

  @Test
  void times_of_a_bin_add_up_to_its_window() {
    assertThatThrownBy(() -> bin(900_000, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bin(-1, 900_001, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bin(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_gym_s_totals_are_the_sum_of_its_machines() {
    CategoryBin cardio =
        category(
            "cardio", Map.of("bike", bin(900_000, 0, 0), "rower", bin(100_000, 300_000, 500_000)));
    CategoryBin strength = category("strength", Map.of("bench", bin(0, 900_000, 0)));
    assertThat(cardio.totals()).isEqualTo(new Totals(2, 1_000_000, 300_000, 500_000, 2));
    assertThat(Totals.of(List.of(cardio, strength)))
        .isEqualTo(new Totals(3, 1_000_000, 1_200_000, 500_000, 3));
    assertThat(Totals.of(List.of())).isEqualTo(Totals.NONE);
  }

  @Test
  void windows_are_quarters_of_an_hour_since_1970() {
    Instant start = WINDOW.start();
    assertThat(Window.of(start)).isEqualTo(WINDOW);
    assertThat(Window.of(start.plusMillis(899_999))).isEqualTo(WINDOW);
    assertThat(Window.of(start.plusMillis(900_000))).isEqualTo(WINDOW.next());
    assertThat(Window.of(start.minusMillis(1))).isEqualTo(WINDOW.previous());
    assertThat(Window.of(Instant.ofEpochMilli(-1)).start())
        .isEqualTo(Instant.ofEpochMilli(-900_000));
    assertThatThrownBy(() -> new Window(start.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_span_touches_the_windows_it_shares_a_moment_with() {
    Instant start = WINDOW.start();
    assertThat(Window.touching(start, start)).isEmpty();
    assertThat(Window.touching(start, start.plusMillis(1))).containsExactly(WINDOW);
    assertThat(Window.touching(start, WINDOW.end())).containsExactly(WINDOW);
    assertThat(Window.touching(start.minusMillis(1), WINDOW.end().plusMillis(1)))
        .containsExactly(WINDOW.previous(), WINDOW, WINDOW.next());
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-28, 96, 2026-03-27T23:00:00Z",
    "Europe/Berlin, 2026-03-29, 92, 2026-03-28T23:00:00Z",
    "Europe/Berlin, 2026-10-25, 100, 2026-10-24T22:00:00Z",
    "America/New_York, 2026-03-08, 92, 2026-03-08T05:00:00Z",
    "America/New_York, 2026-11-01, 100, 2026-11-01T04:00:00Z",
    "Australia/Lord_Howe, 2026-04-05, 98, 2026-04-04T13:00:00Z",
    "Australia/Lord_Howe, 2026-10-04, 94, 2026-10-03T13:30:00Z",
    "Asia/Kathmandu, 2026-10-04, 96, 2026-10-03T18:15:00Z"
  })
  void a_local_day_has_as_many_windows_as_its_clock_makes_it_long(
      String zone, LocalDate day, int count, Instant first) {
    List<Window> windows = Window.ofDay(day, ZoneId.of(zone));
    assertThat(windows).hasSize(count);
    assertThat(windows.getFirst().start()).isEqualTo(first);
    assertThat(windows.getFirst().start().atZone(ZoneId.of(zone)).toLocalDate()).isEqualTo(day);
    assertThat(windows.getLast().next())
        .isEqualTo(Window.ofDay(day.plusDays(1), ZoneId.of(zone)).getFirst());
  }

  private static CategoryBin category(String category, Map<String, MachineBin> machines) {
    TreeMap<MachineId, MachineBin> byId = new TreeMap<>();
    machines.forEach((id, bin) -> byId.put(new MachineId(id), bin));
    return new CategoryBin(new BinKey(GYM, new CategoryId(category), WINDOW), byId);
  }

  private static MachineBin bin(long occupied, long free, long unknown) {
    return new MachineBin(occupied, free, unknown, 1, MachineStatus.UNKNOWN, MachineStatus.FREE);
  }
}
