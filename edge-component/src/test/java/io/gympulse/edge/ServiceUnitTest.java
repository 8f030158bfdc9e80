package io.gympulse.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceUnitTest {
  private static final Path UNIT = Path.of("src/systemd/gympulse-gateway.service");

  @TempDir private Path folder;

  @Test
  void the_jvm_gets_the_options_of_the_recipe() throws IOException {
    String options =
        Files.readAllLines(Path.of("../recipe.yaml")).stream()
            .filter(it -> it.startsWith("    javaOptions: "))
            .map(it -> it.substring("    javaOptions: ".length()))
            .findFirst()
            .orElseThrow();
    assertThat(Files.readString(UNIT)).contains("ExecStart=/usr/bin/java " + options + " ");
    assertThat(Files.readString(Path.of("../docs/installing-on-a-pi.md")).replaceAll("\\s+", " "))
        .contains(options.replace("-XX:+ExitOnOutOfMemoryError", "\\ -XX:+ExitOnOutOfMemoryError"));
  }

  @Test
  void the_service_is_unprivileged_and_supervised() throws IOException {
    assertThat(Files.readAllLines(UNIT))
        .contains(
            "Type=notify",
            "WatchdogSec=90",
            "Restart=always",
            "User=gympulse",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "DeviceAllow=char-gpiochip rw",
            "CapabilityBoundingSet=");
  }

  /// Where there is no systemd, it is not checked.
  @Test
  void systemd_accepts_the_unit() throws Exception {
    Path systemd = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(systemd));
    // The commands of the unit are not installed here.
    Path unit = folder.resolve("gympulse-gateway.service");
    Files.writeString(unit, Files.readString(UNIT).replace("/usr/bin/java", "/bin/true"));
    Process process =
        new ProcessBuilder(List.of(systemd.toString(), "verify", "--man=no", unit.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(it -> it.contains("gympulse-gateway"))).isEmpty();
  }
}
