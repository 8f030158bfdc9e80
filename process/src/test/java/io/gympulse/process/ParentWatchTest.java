package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

  @Test
  void a_process_that_runs_by_itself_has_no_starter() {
    assertThat(ParentWatch.parent(Map.of())).isEmpty();
    assertThat(ParentWatch.parent(Map.of("GYMPULSE_PARENT", ""))).isEmpty();
  }

  @Test
  void a_started_process_knows_its_starter() {
    assertThat(ParentWatch.parent(ParentWatch.variables())).contains(ProcessHandle.current().pid());
  }

  @Test
  void what_is_no_process_id_is_refused_by_name() {
    assertThatThrownBy(() -> ParentWatch.parent(Map.of("GYMPULSE_PARENT", "x1")))
        .hasMessage("GYMPULSE_PARENT 'x1' is not a process id; unset it");
  }
}
