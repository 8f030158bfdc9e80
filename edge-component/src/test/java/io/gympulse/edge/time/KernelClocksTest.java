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
  void theTimeSinceBootIsTheKernels() throws IOException {
    double seconds =
        Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);

    assertThat(KernelClocks.open().sinceBoot().toMillis() / 1000.0).isCloseTo(seconds, within(5.0));
  }

  @Test
  void itNeverRunsBackwards() throws IOException {
    KernelClocks clocks = KernelClocks.open();
    Duration last = Duration.ZERO;
    for (int i = 0; i < 10_000; i++) {
      Duration next = clocks.sinceBoot();
      assertThat(next).isGreaterThanOrEqualTo(last);
      last = next;
    }
  }

  @Test
  void everyProcessOfABootReadsTheSameId() throws IOException {
    assertThat(KernelClocks.open().boot()).isEqualTo(KernelClocks.open().boot());
  }

  @Test
  void theWallClockIsTheMachines() throws IOException {
    assertThat(KernelClocks.open().read().at())
        .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }
}
