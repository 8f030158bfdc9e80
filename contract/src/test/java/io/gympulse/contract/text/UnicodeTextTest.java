package io.gympulse.contract.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UnicodeTextTest {

  @Provide
  Arbitrary<String> halves_and_wholes() {
    return Arbitraries.of("a", "\u00e4", "\ud83c\udfcb", "\ud800", "\udc00")
        .list()
        .ofMaxSize(8)
        .map(it -> String.join("", it));
  }

  @Property
  void a_text_is_well_formed_if_utf_8_can_hold_it(@ForAll("halves_and_wholes") String text) {
    assertThat(UnicodeText.isWellFormed(text)).isEqualTo(UTF_8.newEncoder().canEncode(text));
  }

  @Property
  void a_repaired_text_is_well_formed_and_not_longer(@ForAll("halves_and_wholes") String text) {
    String repaired = UnicodeText.toWellFormed(text);

    assertThat(UTF_8.newEncoder().canEncode(repaired)).isTrue();
    assertThat(repaired).hasSameSizeAs(text);
    assertThat(repaired.equals(text)).isEqualTo(UnicodeText.isWellFormed(text));
  }

  @Property
  void an_abridged_text_has_at_most_the_given_length(
      @ForAll("halves_and_wholes") String text, @ForAll @IntRange(min = 3, max = 9) int most) {
    String abridged = UnicodeText.abridged(text, most);

    assertThat(abridged).hasSizeLessThanOrEqualTo(most);
    assertThat(UnicodeText.isWellFormed(abridged)).isTrue();
  }

  @Test
  void only_lone_surrogates_are_replaced() {
    assertThat(UnicodeText.toWellFormed("\ud83c\udfcb \ud83c!")).isEqualTo("\ud83c\udfcb \ufffd!");
    assertThat(UnicodeText.abridged("0123456789", 8)).isEqualTo("01234...");
  }
}
