package io.gympulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void a_percentile_is_the_nearest_rank_whatever_the_order_of_the_samples() {
    Samples samples = new Samples();
    LongStream.rangeClosed(1, 100).map(it -> (101 - it) * 1_000_000).forEach(samples::add);
    assertThat(samples.percentile(0.5)).isEqualTo(50.0);
    assertThat(samples.percentile(0.99)).isEqualTo(99.0);
    assertThat(samples.percentile(1)).isEqualTo(100.0);
  }
}
