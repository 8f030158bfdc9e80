package io.gympulse.edge.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.learning.ValueHistogram.Clusters;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueHistogramTest {
  private final ValueHistogram values = new ValueHistogram();
  private final Random random = new Random(7);

  @Test
  void thresholds_lie_between_standby_and_use() {
    for (int i = 0; i < 1_000; i++) {
      values.add(2 + 6 * random.nextDouble());
    }
    for (int i = 0; i < 100; i++) {
      values.add(80 + 1_400 * random.nextDouble());
    }
    Clusters clusters = values.clusters().orElseThrow();
    assertThat(clusters.lowerEnd()).isBetween(7.0, 8.5);
    assertThat(clusters.upperStart()).isBetween(75.0, 150.0);
    assertThat(clusters.below()).isBetween(10.0, 35.0).isLessThan(clusters.above());
    assertThat(clusters.above()).isBetween(30.0, 90.0);
  }

  @Test
  void a_machine_that_draws_nothing_at_rest_has_thresholds_too() {
    for (int i = 0; i < 50; i++) {
      values.add(0);
      values.add(200 + i);
    }
    Clusters clusters = values.clusters().orElseThrow();
    assertThat(clusters.lowest()).isZero();
    assertThat(clusters.below()).isPositive().isLessThan(clusters.above());
    assertThat(clusters.above()).isLessThan(200);
  }

  @Test
  void values_that_are_spread_evenly_or_alike_are_no_two_clusters() {
    for (int i = 0; i < 1_000; i++) {
      values.add(228 + 5 * random.nextDouble());
    }
    assertThat(values.clusters()).isEmpty();
    ValueHistogram even = new ValueHistogram();
    for (int i = 0; i < 1_000; i++) {
      even.add(Math.exp(8 * random.nextDouble()));
    }
    assertThat(even.clusters()).isEmpty();
    ValueHistogram same = new ValueHistogram();
    for (int i = 0; i < 10; i++) {
      same.add(5);
    }
    assertThat(same.clusters()).isEmpty();
    assertThat(new ValueHistogram().clusters()).isEmpty();
  }

  @Test
  void a_few_outliers_are_no_cluster() {
    for (int i = 0; i < 1_000; i++) {
      values.add(5);
    }
    for (int i = 0; i < 4; i++) {
      values.add(1_000);
    }
    assertThat(values.clusters()).isEmpty();
    values.add(1_000);
    assertThat(values.clusters()).isPresent();
  }

  @Test
  void extreme_values_are_counted() {
    values.add(Double.MAX_VALUE);
    values.add(-Double.MAX_VALUE);
    values.add(Double.MIN_VALUE);
    assertThat(values.count()).isEqualTo(3);
    assertThat(values.highest()).isGreaterThan(1e15);
    assertThat(values.lowest()).isLessThan(-1e15);
  }
}
