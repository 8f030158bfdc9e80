package io.gympulse.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.process.ParentWatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @Test
  void a_started_process_watches_its_parent_and_builds_nothing() {
    Launcher launcher = new Launcher(Path.of(System.getProperty("gympulse.home", "..")));

    ProcessBuilder process = launcher.process("bench", List.of("wire"));

    assertThat(process.environment())
        .containsAllEntriesOf(ParentWatch.variables())
        .containsEntry("GYMPULSE_BUILT", "1");
    assertThat(process.command()).endsWith("bench", "wire");
  }

  @Test
  void a_folder_without_the_script_is_refused(@TempDir Path folder) {
    assertThatThrownBy(() -> new Launcher(folder)).hasMessageContaining("no gympulse launcher");
  }
}
