package io.gympulse.cloud.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of [Aggregates].
public abstract class AggregatesContract {
  private static final GymId GYM = new GymId("downtown");
  private static final CategoryId CARDIO = new CategoryId("cardio");
  private static final MachineId BIKE = new MachineId("downtown-bike-1");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Window FIRST = new Window(NOON);

  /// Empty at first, and the same object throughout a test.
  protected abstract Aggregates aggregates();

  @Test
  void an_item_reads_back_as_it_was_written() {
    CategoryBin bin = bin(CARDIO, FIRST, 900_000);
    assertThat(aggregates().find(bin.key(), NOON)).isEmpty();
    assertThat(aggregates().replace(Optional.empty(), bin)).isTrue();
    assertThat(aggregates().find(bin.key(), NOON)).contains(bin);
  }

  @Test
  void an_item_is_replaced_only_if_it_is_what_was_expected() {
    CategoryBin one = bin(CARDIO, FIRST, 1);
    CategoryBin other = bin(CARDIO, FIRST, 2);
    assertThat(aggregates().replace(Optional.of(one), other)).isFalse();
    assertThat(aggregates().find(one.key(), NOON)).isEmpty();
    assertThat(aggregates().replace(Optional.empty(), one)).isTrue();
    assertThat(aggregates().replace(Optional.empty(), other)).isFalse();
    assertThat(aggregates().find(one.key(), NOON)).contains(one);
    assertThat(aggregates().replace(Optional.of(one), other)).isTrue();
    assertThat(aggregates().find(one.key(), NOON)).contains(other);
  }

  @Test
  void of_concurrent_replacements_of_the_same_value_one_succeeds() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> writers =
          Stream.iterate(1, it -> it + 1)
              .limit(20)
              .<Callable<Boolean>>map(
                  it -> () -> aggregates().replace(Optional.empty(), bin(CARDIO, FIRST, it)))
              .toList();
      List<Boolean> kept = new ArrayList<>();
      for (Future<Boolean> outcome : threads.invokeAll(writers)) {
        kept.add(outcome.get());
      }
      assertThat(kept).containsOnlyOnce(true);
    }
  }

  @Test
  void a_range_is_one_category_s_windows_in_order_without_the_absent_ones() {
    Window third = FIRST.next().next();
    CategoryBin early = bin(CARDIO, FIRST.previous(), 1);
    CategoryBin one = bin(CARDIO, FIRST, 2);
    CategoryBin other = bin(CARDIO, third, 3);
    CategoryBin late = bin(CARDIO, third.next(), 4);
    CategoryBin strength = bin(new CategoryId("strength"), FIRST, 5);
    Stream.of(late, other, strength, one, early)
        .forEach(it -> assertThat(aggregates().replace(Optional.empty(), it)).isTrue());
    assertThat(aggregates().range(GYM, CARDIO, NOON, third.end(), NOON))
        .containsExactly(one, other);
    assertThat(aggregates().range(new GymId("riverside"), CARDIO, NOON, third.end(), NOON))
        .isEmpty();
  }

  @Test
  void an_expired_item_is_not_found() {
    CategoryBin bin = bin(CARDIO, FIRST, 1);
    CategoryBin next = bin(CARDIO, FIRST.next(), 1);
    aggregates().replace(Optional.empty(), bin);
    aggregates().replace(Optional.empty(), next);
    Instant expiry = FIRST.end().plus(Duration.ofDays(90));
    assertThat(aggregates().find(bin.key(), expiry.minusMillis(1))).contains(bin);
    assertThat(aggregates().find(bin.key(), expiry)).isEmpty();
    assertThat(aggregates().range(GYM, CARDIO, NOON, FIRST.next().end(), expiry))
        .containsExactly(next);
  }

  private static CategoryBin bin(CategoryId category, Window window, long occupied) {
    MachineBin bin =
        new MachineBin(
            occupied, 900_000 - occupied, 0, 1, MachineStatus.UNKNOWN, MachineStatus.FREE);
    return new CategoryBin(new BinKey(GYM, category, window), Map.of(BIKE, bin));
  }
}
