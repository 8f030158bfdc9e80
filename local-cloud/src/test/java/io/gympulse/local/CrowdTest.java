package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Takes minutes of CPU, so it runs only with `-Dgympulse.crowd=true`.
@EnabledIfSystemProperty(named = "gympulse.crowd", matches = "true")
class CrowdTest {
  @TempDir private Path folder = Path.of("");

  /// With the heap and the compiler that `./gympulse cloud` has.
  @Test
  void thirteen_thousand_fake_members_with_dead_webhooks_do_not_delay_notifications()
      throws Exception {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                Crowd.class.getName(),
                folder.toString(),
                "13000")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(() -> tail(out)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String tail(Path file) {
    try {
      String all = Files.readString(file);
      return all.substring(Math.max(0, all.length() - 2_000));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
