package io.gympulse.edge.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class KernelClocksTest {

  @Test
  void the_time_since_boot_is_the_kernels() throws IOException {
    double seconds =
        Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);

    assertThat(KernelClocks.open().sinceBoot().toMillis() / 1000.0).isCloseTo(seconds, within(5.0));
  }

  @Test
  void it_never_runs_backwards() throws IOException {
    KernelClocks clocks = KernelClocks.open();
    Duration last = Duration.ZERO;
    for (int i = 0; i < 10_000; i++) {
      Duration next = clocks.sinceBoot();
      assertThat(next).isGreaterThanOrEqualTo(last);
      last = next;
    }
  }

  @Test
  void every_process_of_a_boot_reads_the_same_id() throws IOException {
    assertThat(KernelClocks.open().boot()).isEqualTo(KernelClocks.open().boot());
  }

  @Test
  void the_wall_clock_is_the_machines() throws IOException {
    assertThat(KernelClocks.open().readWall().at())
        .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }
}
