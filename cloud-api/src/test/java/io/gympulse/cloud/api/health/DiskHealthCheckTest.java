package io.gympulse.cloud.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DiskHealthCheckTest {
  private static final Path FOLDER = Path.of("data");

  @Test
  void a_full_disk_is_down_and_says_what_to_do() {
    assertThat(check(OptionalLong.of(3_999_999)).status()).isEqualTo("down");
    assertThat(check(OptionalLong.of(0)).detail()).contains("0 bytes are free", "free some space");
  }

  @Test
  void free_space_is_up() {
    assertThat(check(OptionalLong.of(5_000_000)))
        .isEqualTo(HealthCheck.HealthStatus.up("5 MB free"));
  }

  @Test
  void a_missing_folder_is_down() {
    assertThat(check(OptionalLong.empty()).detail()).contains("file system of data cannot be read");
  }

  private static HealthCheck.HealthStatus check(OptionalLong usable) {
    return new DiskHealthCheck(FOLDER, _ -> usable).check();
  }
}
