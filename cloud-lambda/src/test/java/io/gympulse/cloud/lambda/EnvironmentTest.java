package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  @Test
  void a_missing_variable_is_named_without_values() {
    Environment environment =
        new Environment(Map.of("AWS_SECRET_ACCESS_KEY", "hush", "BLANK", " "));

    assertThatThrownBy(() -> environment.required("GYM_PULSE_TABLE_PREFIX"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GYM_PULSE_TABLE_PREFIX")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> environment.required("BLANK")).hasMessageContaining("BLANK");
  }

  @Test
  void an_invalid_address_is_rejected_by_its_variable_without_its_value() {
    Environment environment =
        new Environment(
            Map.of("GOOD", "https://example.org/a", "BAD", "not an address", "PATH_ONLY", "/hush"));

    assertThat(environment.requiredUri("GOOD")).hasHost("example.org");
    for (String name : new String[] {"BAD", "PATH_ONLY"}) {
      assertThatThrownBy(() -> environment.requiredUri(name))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(name)
          .hasMessageNotContaining("not an")
          .hasMessageNotContaining("hush")
          .hasNoCause();
    }
  }

  @Test
  void a_flag_is_true_or_false_and_nothing_else() {
    Environment environment = new Environment(Map.of("ON", "true", "OFF", "false", "ODD", "hush"));

    assertThat(environment.flag("ON")).isTrue();
    assertThat(environment.flag("OFF")).isFalse();
    assertThat(environment.flag("ABSENT")).isFalse();
    assertThatThrownBy(() -> environment.flag("ODD"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ODD")
        .hasMessageNotContaining("hush");
  }

  @Test
  void a_variable_that_is_set_is_read() {
    Environment environment = new Environment(Map.of("AWS_REGION", "eu-north-1"));

    assertThat(environment.required("AWS_REGION")).isEqualTo("eu-north-1");
    assertThat(environment.optional("GYM_PULSE_TABLE_PREFIX")).isEmpty();
  }
}
