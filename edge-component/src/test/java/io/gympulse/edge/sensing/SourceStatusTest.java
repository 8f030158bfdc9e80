package io.gympulse.edge.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceStatusTest {
  private static final SourceStatus BUSY = new SourceStatus.Failing("line 17 is in use");
  private static final SourceStatus RUNNING = new SourceStatus.Running();
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final SensorId SEAT = new SensorId("seat");

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final SourceStatus.Holder status =
      new SourceStatus.Holder(Set.of(SEAT), InstantSource.fixed(NOW));

  @Test
  void a_repeated_failure_is_reported_each_time_but_is_a_change_only_once() {
    assertThat(status.update(BUSY, receiver)).isTrue();
    assertThat(status.update(BUSY, receiver)).isFalse();
    SensorInput down = new SensorInput.SourceDown(SEAT, NOW);
    assertThat(receiver.changes()).containsExactly(down, down);
    assertThat(status.get()).isEqualTo(BUSY);
  }

  @Test
  void a_source_that_keeps_running_is_reported_once() {
    assertThat(status.update(RUNNING, receiver)).isTrue();
    assertThat(status.update(RUNNING, receiver)).isFalse();
    assertThat(receiver.changes()).containsExactly(new SensorInput.SourceUp(SEAT, NOW));
  }
}
