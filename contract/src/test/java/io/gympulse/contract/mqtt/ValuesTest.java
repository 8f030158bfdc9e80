package io.gympulse.contract.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.mqtt.LevelRule.Words;
import io.gympulse.contract.mqtt.LevelRule.Words.OtherNumbers;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "ON, on, true",
    "ON, ONE, false",
    "1, 1.0, true",
    "1.50, 1.5, true",
    "1, 01, true",
    "100, 1e2, true",
    "0, -0.0, true",
    "1, 1.01, false",
    "1, one, false",
    "true, TRUE, true",
    "1, 1e999999999, false",
  })
  void values_are_compared_without_case_and_numbers_by_value(
      String known, String value, boolean same) {
    assertThat(PayloadValues.of(known).contains(value)).isEqualTo(same);
  }

  @Property
  void any_text_can_be_compared(@ForAll String value) {
    assertThat(PayloadValues.of("ON", "1").contains(value)).isIn(true, false);
  }

  @Test
  void a_number_in_neither_list_means_what_the_mapping_says() {
    var values = new Words(PayloadValues.of("true"), PayloadValues.of("0"), OtherNumbers.ACTIVE);
    assertThat(values.active("3.5", true)).contains(true);
    assertThat(values.active("0.0", true)).contains(false);
    assertThat(values.active("maybe", false)).isEmpty();
    assertThat(values.inverted().active("3.5", true)).contains(false);
    assertThat(values.inverted().inverted()).isEqualTo(values);
    assertThat(
            new Words(PayloadValues.of("on"), PayloadValues.of(), OtherNumbers.MALFORMED)
                .active("3", true))
        .isEqualTo(Optional.empty());
  }

  @Test
  void values_that_contradict_each_other_are_refused() {
    assertThatThrownBy(
            () -> new Words(PayloadValues.of("1"), PayloadValues.of("1.0"), OtherNumbers.MALFORMED))
        .hasMessageContaining("'1' cannot mean both active and inactive");
    assertThatThrownBy(
            () -> new Words(PayloadValues.of(), PayloadValues.of("0"), OtherNumbers.MALFORMED))
        .hasMessageContaining("nothing means active");
    assertThatThrownBy(() -> new PayloadValues(List.of(" on")))
        .hasMessageContaining("blanks around it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/a~", "/a~2", "/~"})
  void what_rfc_6901_does_not_allow_is_refused(String pointer) {
    assertThatThrownBy(() -> new PayloadPointer(pointer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a JSON pointer");
  }

  @Test
  void a_pointer_lists_its_names() {
    assertThat(new PayloadPointer("/a~1b/~01//x y").names())
        .containsExactly("a/b", "~1", "", "x y");
    assertThat(new PayloadPointer("").names()).isEmpty();
    assertThat(PayloadPointer.toField("a/b~c").names()).containsExactly("a/b~c");
  }

  @Property
  void a_field_of_any_name_can_be_pointed_to(@ForAll String name) {
    if (name.length() < 400) {
      assertThat(PayloadPointer.toField(name).names()).containsExactly(name);
    }
  }
}
