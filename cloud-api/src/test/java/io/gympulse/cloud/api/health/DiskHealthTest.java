package io.gympulse.cloud.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DiskHealthTest {
  private static final Path FOLDER = Path.of("data");

  @Test
  void a_full_disk_is_down_and_says_what_to_do() {
    assertThat(check(OptionalLong.of(3_999_999)).status()).isEqualTo("down");
    assertThat(check(OptionalLong.of(0)).detail()).contains("0 bytes are left", "make room");
  }

  @Test
  void room_is_up() {
    assertThat(check(OptionalLong.of(5_000_000))).isEqualTo(Dependency.Standing.up("5 MB left"));
  }

  @Test
  void a_folder_that_is_not_there_is_down() {
    assertThat(check(OptionalLong.empty()).detail()).contains("data cannot be looked at");
  }

  private static Dependency.Standing check(OptionalLong usable) {
    return new DiskHealth(FOLDER, _ -> usable).check();
  }
}
