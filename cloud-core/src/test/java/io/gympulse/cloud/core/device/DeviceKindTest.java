package io.gympulse.cloud.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKindTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " on", "on ", "a#b", "a\nb", "a\u0000", "\ud83c", "a\u0085"})
  void an_ambiguous_word_is_refused(String word) {
    assertThatThrownBy(() -> new DeviceKind(word, "on"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("type: ");
    assertThatThrownBy(() -> new DeviceKind("light", word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("state: ");
  }

  @Test
  void a_word_has_at_most_64_characters() {
    assertThat(new DeviceKind("x".repeat(64), "é 🏋").type()).hasSize(64);
    assertThatThrownBy(() -> new DeviceKind("x".repeat(65), "on")).hasMessageContaining("65");
  }
}
