package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

  @Test
  void without_the_variable_there_is_no_parent() {
    assertThat(ParentWatch.parent(Map.of())).isEmpty();
    assertThat(ParentWatch.parent(Map.of("GYMPULSE_PARENT", ""))).isEmpty();
  }

  @Test
  void the_parent_passes_its_process_id() {
    assertThat(ParentWatch.parent(ParentWatch.variables())).contains(ProcessHandle.current().pid());
  }

  @Test
  void a_value_that_is_not_a_process_id_is_refused_with_the_variables_name() {
    assertThatThrownBy(() -> ParentWatch.parent(Map.of("GYMPULSE_PARENT", "x1")))
        .hasMessage("GYMPULSE_PARENT 'x1' is not a process id; unset it");
  }
}
