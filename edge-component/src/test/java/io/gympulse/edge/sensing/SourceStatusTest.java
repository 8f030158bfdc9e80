package io.gympulse.edge.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceStatusTest {
  private static final SourceStatus BUSY = new SourceStatus.Failing("line 17 is in use");
  private static final SourceStatus RUNNING = new SourceStatus.Running();

  private final RecordingListener listener = new RecordingListener();
  private final SourceStatus.Holder status = new SourceStatus.Holder();

  @Test
  void a_repeated_failure_is_notified_each_time_but_is_a_change_only_once() {
    assertThat(status.update(BUSY, listener)).isTrue();
    assertThat(status.update(BUSY, listener)).isFalse();
    assertThat(listener.statuses()).containsExactly(BUSY, BUSY);
    assertThat(status.get()).isEqualTo(BUSY);
  }

  @Test
  void a_source_that_keeps_running_is_notified_once() {
    assertThat(status.update(RUNNING, listener)).isTrue();
    assertThat(status.update(RUNNING, listener)).isFalse();
    assertThat(listener.statuses()).containsExactly(RUNNING);
  }
}
