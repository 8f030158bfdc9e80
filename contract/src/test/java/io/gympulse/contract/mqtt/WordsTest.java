package io.gympulse.contract.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.mqtt.LevelWords.OtherNumbers;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

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
  void texts_are_compared_without_case_and_numbers_by_value(
      String known, String said, boolean same) {
    assertThat(Texts.of(known).include(said)).isEqualTo(same);
  }

  @Property
  void any_text_can_be_compared(@ForAll String said) {
    assertThat(Texts.of("ON", "1").include(said)).isIn(true, false);
  }

  @Test
  void a_number_in_neither_list_means_what_the_mapping_says() {
    var words = new LevelWords(Texts.of("true"), Texts.of("0"), OtherNumbers.ACTIVE);
    assertThat(words.active("3.5", true)).contains(true);
    assertThat(words.active("0.0", true)).contains(false);
    assertThat(words.active("maybe", false)).isEmpty();
    assertThat(words.inverted().active("3.5", true)).contains(false);
    assertThat(words.inverted().inverted()).isEqualTo(words);
    assertThat(new LevelWords(Texts.of("on"), Texts.of(), OtherNumbers.MALFORMED).active("3", true))
        .isEqualTo(Optional.empty());
  }

  @Test
  void words_that_contradict_themselves_are_refused() {
    assertThatThrownBy(() -> new LevelWords(Texts.of("1"), Texts.of("1.0"), OtherNumbers.MALFORMED))
        .hasMessageContaining("'1' cannot mean both active and inactive");
    assertThatThrownBy(() -> new LevelWords(Texts.of(), Texts.of("0"), OtherNumbers.MALFORMED))
        .hasMessageContaining("nothing means active");
    assertThatThrownBy(() -> new Texts(List.of(" on"))).hasMessageContaining("blanks around it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/a~", "/a~2", "/~"})
  void what_rfc_6901_does_not_allow_is_refused(String pointer) {
    assertThatThrownBy(() -> new PayloadPointer(pointer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no JSON pointer");
  }

  @Test
  void a_pointer_names_its_way() {
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
