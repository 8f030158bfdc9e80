package io.gympulse.edge.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportedStatusTest {
  private static final SourceStatus BUSY = new SourceStatus.Failing("line 17 is in use");
  private static final SourceStatus RUNNING = new SourceStatus.Running();

  private final RememberingListener listener = new RememberingListener();
  private final ReportedStatus status = new ReportedStatus();

  @Test
  void a_failure_is_told_each_time_but_is_another_status_only_once() {
    assertThat(status.change(BUSY, listener)).isTrue();
    assertThat(status.change(BUSY, listener)).isFalse();
    assertThat(listener.statuses()).containsExactly(BUSY, BUSY);
    assertThat(status.get()).isEqualTo(BUSY);
  }

  @Test
  void a_source_that_keeps_running_is_told_once() {
    assertThat(status.change(RUNNING, listener)).isTrue();
    assertThat(status.change(RUNNING, listener)).isFalse();
    assertThat(listener.statuses()).containsExactly(RUNNING);
  }
}
