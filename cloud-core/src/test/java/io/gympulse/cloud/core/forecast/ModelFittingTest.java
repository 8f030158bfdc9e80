package io.gympulse.cloud.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelFittingTest {
  private static final int MACHINES = 4;
  private static final Duration LENGTH = Duration.ofDays(40);
  private static final Instant NOW = SampleHistory.START.plus(Duration.ofDays(30));

  private final ModelFitting fitting =
      new ModelFitting(SampleHistory.ZONE, MACHINES, ModelFitting.STANDARD);

  @Test
  void a_model_does_not_depend_on_what_happened_later() {
    List<CategoryBin> known = SampleHistory.bins(MACHINES, LENGTH, 1);
    List<CategoryBin> otherFuture = new ArrayList<>(past(known));
    otherFuture.addAll(future(SampleHistory.bins(MACHINES, LENGTH, 99)));
    List<CategoryBin> shuffled = new ArrayList<>(known);
    Collections.shuffle(shuffled, new Random(7));
    byte[] model = CategoryModelCodec.encode(fit(past(known)));
    assertThat(CategoryModelCodec.encode(fit(known))).isEqualTo(model);
    assertThat(CategoryModelCodec.encode(fit(otherFuture))).isEqualTo(model);
    assertThat(CategoryModelCodec.encode(fit(shuffled))).isEqualTo(model);
  }

  @Test
  void the_rates_are_those_of_the_history() {
    CategoryModel model = fit(SampleHistory.bins(MACHINES, LENGTH, 1));
    int evening = WeekSlot.of(Instant.parse("2026-02-05T17:30:00Z"), SampleHistory.ZONE);
    int night = WeekSlot.of(Instant.parse("2026-02-05T02:30:00Z"), SampleHistory.ZONE);
    assertThat(model.rates().arrivals().at(evening))
        .isGreaterThan(model.rates().arrivals().at(night) + 1);
    assertThat(model.rates().usual().at(night)).isLessThan(0.2);
    // A use ends in each quarter of an hour with 45 %, counted from the middle of the first one.
    assertThat(60 / model.rates().endings()).isBetween(25.0, 40.0);
  }

  @Test
  void calibration_needs_three_weeks() {
    assertThat(fit(SampleHistory.bins(MACHINES, LENGTH, 1)).category())
        .extracting(Calibration::minutes)
        .containsExactly(30, 90, 180);
    Instant early = SampleHistory.START.plus(Duration.ofDays(13));
    OccupancyHistory history = new OccupancyHistory(SampleHistory.machines(MACHINES), early);
    SampleHistory.bins(MACHINES, LENGTH, 1).forEach(history::add);
    assertThat(fitting.fit(history).category()).isEmpty();
    assertThat(fitting.fit(history).machine()).isEmpty();
  }

  @Test
  void without_any_window_there_are_no_rates() {
    CategoryModel model = fit(List.of());
    assertThat(model.rates().arrivals().has(0)).isFalse();
    assertThat(model.category()).isEmpty();
  }

  private CategoryModel fit(List<CategoryBin> bins) {
    OccupancyHistory history = new OccupancyHistory(SampleHistory.machines(MACHINES), NOW);
    bins.forEach(history::add);
    return fitting.fit(history);
  }

  private static List<CategoryBin> past(List<CategoryBin> bins) {
    return bins.stream().filter(it -> !it.key().window().end().isAfter(NOW)).toList();
  }

  private static List<CategoryBin> future(List<CategoryBin> bins) {
    return bins.stream().filter(it -> it.key().window().end().isAfter(NOW)).toList();
  }
}
