package io.gympulse.cloud.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of the counts.
public abstract class DeviceCountsContract {
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  protected static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);
  private static final DeviceKind LIGHT_ON = new DeviceKind("light", "on");
  private static final UUID BODY = UUID.fromString("0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11");

  private final DeviceCounts counts = open();

  /// A new, empty store; called once per test, at the test's construction.
  protected abstract DeviceCounts open();

  @Test
  void any_order_and_repetition_of_items_counts_each_once() {
    List<DeviceItem> arriving = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      DeviceItem item = item(i, MAY_1, new DeviceKind("light", i % 4 == 0 ? "off" : "on"));
      arriving.addAll(Collections.nCopies(1 + i % 3, item));
    }
    Collections.shuffle(arriving, new Random(1));
    long added = arriving.stream().filter(it -> counts.addOnce(it, NOON)).count();
    assertThat(added).isEqualTo(40);
    assertThat(counts.of(MAY_1))
        .containsExactly(
            new DeviceCount(MAY_1, new DeviceKind("light", "off"), 10),
            new DeviceCount(MAY_1, LIGHT_ON, 30));
  }

  @Test
  void many_items_are_added_together_and_each_once() {
    DeviceItem first = item(0, MAY_1, LIGHT_ON);
    DeviceItem second = item(1, MAY_1, LIGHT_ON);
    assertThat(counts.addEachOnce(List.of(first, first, second), NOON))
        .containsExactly(true, false, true);
    assertThat(counts.addEachOnce(List.of(second, item(2, MAY_1, LIGHT_ON)), NOON))
        .containsExactly(false, true);
    assertThat(counts.of(MAY_1)).containsExactly(new DeviceCount(MAY_1, LIGHT_ON, 3));
    assertThat(counts.addEachOnce(List.of(), NOON)).isEmpty();
  }

  @Test
  void dates_types_and_states_are_counted_apart_and_in_order() {
    LocalDate next = MAY_1.plusDays(1);
    List<DeviceKind> kinds =
        List.of(
            new DeviceKind("lock", "open"),
            new DeviceKind("Lock", "open"),
            new DeviceKind("light", "on off"),
            new DeviceKind("light", "on"),
            new DeviceKind("🏋", "é"),
            new DeviceKind("ﬀ", "é"));
    for (int i = 0; i < kinds.size(); i++) {
      counts.addOnce(item(i, MAY_1, kinds.get(i)), NOON);
    }
    counts.addOnce(item(100, next, LIGHT_ON), NOON);
    assertThat(counts.of(MAY_1))
        .isEqualTo(kinds.stream().sorted().map(it -> new DeviceCount(MAY_1, it, 1)).toList());
    assertThat(counts.of(next)).containsExactly(new DeviceCount(next, LIGHT_ON, 1));
    assertThat(counts.of(next.plusDays(1))).isEmpty();
  }

  @Test
  void the_same_place_in_another_body_is_another_item() {
    counts.addOnce(item(0, MAY_1, LIGHT_ON), NOON);
    ItemId other = new ItemId(UUID.fromString("11111111-6c1c-4c53-9f3e-3f3d6a0a7f11"), 0);
    assertThat(counts.addOnce(new DeviceItem(other, MAY_1, LIGHT_ON), NOON)).isTrue();
    assertThat(counts.of(MAY_1)).containsExactly(new DeviceCount(MAY_1, LIGHT_ON, 2));
  }

  @Test
  void a_counted_item_is_deduplicated_for_its_time_and_not_after() {
    DeviceItem item = item(0, MAY_1, LIGHT_ON);
    counts.addOnce(item, NOON);
    Instant end = NOON.plus(DeviceCounts.REMEMBERED);
    assertThat(counts.addOnce(item, end.minusMillis(1))).isFalse();
    assertThat(counts.addOnce(item, end)).isTrue();
  }

  @Test
  void concurrent_additions_count_exactly() throws Exception {
    List<Callable<Boolean>> calls =
        IntStream.range(0, 120)
            .<Callable<Boolean>>mapToObj(
                it -> () -> counts.addOnce(item(it / 3, MAY_1, LIGHT_ON), NOON))
            .toList();
    long added = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (var call : threads.invokeAll(calls)) {
        added += call.get() ? 1 : 0;
      }
    }
    assertThat(added).isEqualTo(40);
    assertThat(counts.of(MAY_1)).containsExactly(new DeviceCount(MAY_1, LIGHT_ON, 40));
  }

  private static DeviceItem item(int index, LocalDate date, DeviceKind kind) {
    return new DeviceItem(new ItemId(BODY, index), date, kind);
  }
}
