package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  @Test
  void a_missing_variable_is_named_and_no_value_is_told() {
    Environment environment =
        new Environment(Map.of("AWS_SECRET_ACCESS_KEY", "hush", "BLANK", " "));

    assertThatThrownBy(() -> environment.required("GYM_PULSE_TABLE_PREFIX"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GYM_PULSE_TABLE_PREFIX")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> environment.required("BLANK")).hasMessageContaining("BLANK");
  }

  @Test
  void a_variable_that_is_set_is_read() {
    Environment environment = new Environment(Map.of("AWS_REGION", "eu-north-1"));

    assertThat(environment.required("AWS_REGION")).isEqualTo("eu-north-1");
    assertThat(environment.optional("GYM_PULSE_TABLE_PREFIX")).isEmpty();
  }
}
