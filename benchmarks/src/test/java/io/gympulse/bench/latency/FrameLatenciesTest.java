package io.gympulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameLatenciesTest {
  private final FrameLatencies frames = new FrameLatencies();

  @Test
  void a_frame_matches_the_message_of_the_same_machine_and_status() {
    frames.published("bike-1", "occupied", 0);
    frames.published("bike-1", "free", 4_000_000);
    frames.arrived(frame("bike-2", "free"), 5_000_000);
    frames.arrived(frame("bike-1", "free"), 6_000_000);

    assertThat(frames.missing()).isEqualTo(1);
    assertThat(frames.latencies().percentile(1)).isEqualTo(2.0);
  }

  @Test
  void a_frame_that_arrives_twice_counts_once() {
    frames.published("bike-1", "free", 0);
    frames.arrived(frame("bike-1", "free"), 1_000_000);
    frames.arrived(frame("bike-1", "free"), 2_000_000);

    assertThat(frames.missing()).isZero();
    assertThat(frames.latencies().size()).isEqualTo(1);
  }

  private static String frame(String machine, String status) {
    return "{\"type\":\"machine_update\",\"machineId\":\"%s\",\"status\":\"%s\"}"
        .formatted(machine, status);
  }
}
