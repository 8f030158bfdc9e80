package io.gympulse.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.message.GatewayHealth.Throttling;
import io.gympulse.contract.message.ThrottlingCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The readers of what the machine offers, on files and commands as they are there.
class DeviceReadersTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void memory_and_written_bytes_are_read_from_proc() throws IOException {
    Files.writeString(
        folder.resolve("status"), "Name:\tjava\nVmPeak:\t  900 kB\nVmRSS:\t   61440 kB\n");
    Files.writeString(
        folder.resolve("io"), "rchar: 1\nwrite_bytes: 8192\ncancelled_write_bytes: 5\n");
    ProcessFiles files = new ProcessFiles(folder);
    assertThat(files.residentBytes()).contains(62_914_560L);
    assertThat(files.writtenBytes()).contains(8_192L);
  }

  @Test
  void what_is_not_there_or_not_a_number_is_unknown() throws IOException {
    Files.writeString(folder.resolve("io"), "write_bytes: many\n");
    assertThat(new ProcessFiles(folder).residentBytes()).isEmpty();
    assertThat(new ProcessFiles(folder).writtenBytes()).isEmpty();
    assertThat(new CpuTemperature(folder.resolve("none")).read()).isEmpty();
  }

  @Test
  void the_processors_temperature_is_the_highest_of_its_zones() throws IOException {
    zone(0, "acpitz", "99000\n");
    zone(1, "cpu-thermal", "51200\n");
    zone(2, "cpu-cluster", "48000\n");
    zone(3, "cpu-broken", "hot\n");
    Files.createDirectories(folder.resolve("cooling_device0"));
    assertThat(new CpuTemperature(folder).read()).contains(51.2);
  }

  private void zone(int number, String type, String temperature) throws IOException {
    Path zone = Files.createDirectories(folder.resolve("thermal_zone" + number));
    Files.writeString(zone.resolve("type"), type + "\n");
    if (type.equals("cpu-broken")) {
      return;
    }
    Files.writeString(zone.resolve("temp"), temperature);
  }

  @Test
  void the_firmwares_bits_are_causes_now_and_since_boot() {
    assertThat(FirmwareThrottling.parse("throttled=0x0\n")).contains(Throttling.NONE);
    assertThat(FirmwareThrottling.parse("throttled=0x50005\n"))
        .contains(
            new Throttling(
                Set.of(ThrottlingCause.UNDER_VOLTAGE, ThrottlingCause.THROTTLED),
                Set.of(ThrottlingCause.UNDER_VOLTAGE, ThrottlingCause.THROTTLED)));
    assertThat(FirmwareThrottling.parse("throttled=0xa0000"))
        .contains(
            new Throttling(
                Set.of(),
                Set.of(ThrottlingCause.FREQUENCY_CAPPED, ThrottlingCause.SOFT_TEMPERATURE_LIMIT)));
    assertThat(FirmwareThrottling.parse("VCHI initialization failed")).isEmpty();
  }

  @Test
  void the_command_is_run_once_a_minute() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path command = command("echo run >> %s/runs; echo throttled=0x1".formatted(folder));
    FirmwareThrottling throttling = new FirmwareThrottling(List.of(command.toString()), nanos::get);
    assertThat(throttling.read().orElseThrow().now())
        .containsExactly(ThrottlingCause.UNDER_VOLTAGE);
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(throttling.read()).isPresent();
    assertThat(folder.resolve("runs")).content().hasLineCount(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(throttling.read()).isPresent();
    assertThat(folder.resolve("runs")).content().hasLineCount(2);
  }

  @Test
  void a_command_that_is_missing_fails_or_hangs_says_nothing() throws IOException {
    for (String command :
        List.of(
            folder.resolve("missing").toString(),
            command("echo throttled=0x1; exit 255").toString(),
            command("exec sleep 60").toString())) {
      assertThat(new FirmwareThrottling(List.of(command), () -> 0).read()).isEmpty();
    }
  }

  private Path command(String script) throws IOException {
    Path file = Files.createTempFile(folder, "command", null);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
