package io.gympulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwaitedFramesTest {
  private final AwaitedFrames frames = new AwaitedFrames();

  @Test
  void a_frame_belongs_to_the_message_of_the_same_machine_and_status() {
    frames.publish("bike-1", "occupied", 0);
    frames.publish("bike-1", "free", 4_000_000);
    frames.frame(frame("bike-2", "free"), 5_000_000);
    frames.frame(frame("bike-1", "free"), 6_000_000);

    assertThat(frames.awaited()).isEqualTo(1);
    assertThat(frames.arrived().percentile(1)).isEqualTo(2.0);
  }

  @Test
  void a_frame_that_comes_twice_counts_once() {
    frames.publish("bike-1", "free", 0);
    frames.frame(frame("bike-1", "free"), 1_000_000);
    frames.frame(frame("bike-1", "free"), 2_000_000);

    assertThat(frames.awaited()).isZero();
    assertThat(frames.arrived().size()).isEqualTo(1);
  }

  private static String frame(String machine, String status) {
    return "{\"type\":\"machine_update\",\"machineId\":\"%s\",\"status\":\"%s\"}"
        .formatted(machine, status);
  }
}
