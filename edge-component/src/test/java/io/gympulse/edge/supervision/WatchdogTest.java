package io.gympulse.edge.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchdogTest {
  private long steps = 1;
  private long requested;
  private long completed;
  private boolean diskFull;
  private int reports;
  private final Watchdog watchdog =
      new Watchdog(
          new Watchdog.Signs(() -> steps, () -> requested, () -> completed, () -> diskFull),
          () -> reports++);

  @Test
  void progress_is_reported_at_each_run() {
    run();
    run();
    assertThat(reports).isEqualTo(2);
  }

  @Test
  void a_thread_that_makes_no_step_ends_the_reports() {
    run();
    watchdog.run();
    watchdog.run();
    assertThat(reports).isEqualTo(1);
    run();
    assertThat(reports).isEqualTo(2);
  }

  @Test
  void a_write_that_does_not_complete_ends_the_reports() {
    requested = 1;
    run();
    run();
    run();
    assertThat(reports).isEqualTo(1);
    completed = 1;
    requested = 2;
    run();
    assertThat(reports).isEqualTo(2);
  }

  @Test
  void a_full_disk_is_no_reason_for_a_new_process() {
    diskFull = true;
    requested = 1;
    run();
    run();
    assertThat(reports).isEqualTo(2);
  }

  private void run() {
    steps++;
    watchdog.run();
  }
}
