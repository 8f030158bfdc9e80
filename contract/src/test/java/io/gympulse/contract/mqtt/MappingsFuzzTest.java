package io.gympulse.contract.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.contract.mqtt.LevelWords.OtherNumbers;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whatever text comes, a filter, a pointer or a word is refused in words, or does what it
/// promises.
class MappingsFuzzTest {

  /// The first line is a filter, the second a topic.
  @FuzzTest
  void filters_are_refused_or_match_and_cover_alike(byte[] text) {
    List<String> lines = new String(text, UTF_8).lines().limit(2).toList();
    if (lines.size() == 2) {
      made(TopicFilter::new, lines.get(0))
          .ifPresent(
              filter -> {
                boolean matches = filter.matches(lines.get(1));
                made(TopicFilter::new, lines.get(1))
                    .filter(it -> !it.hasWildcard())
                    .ifPresent(
                        topic -> {
                          assertThat(filter.covers(topic)).isEqualTo(matches);
                          assertThat(filter.overlaps(topic)).isEqualTo(matches);
                        });
              });
    }
  }

  @FuzzTest
  void pointers_are_refused_or_name_a_way(byte[] text) {
    made(PayloadPointer::new, new String(text, UTF_8))
        .filter(it -> it.names().size() == 1)
        .ifPresent(it -> assertThat(PayloadPointer.toField(it.names().getFirst())).isEqualTo(it));
  }

  /// The first line means active, the second inactive, the third is what a payload says.
  @FuzzTest
  void words_are_refused_or_never_mean_both(byte[] text) {
    List<String> lines = new String(text, UTF_8).lines().limit(3).toList();
    if (lines.size() == 3) {
      Optional<Texts> active = made(it -> Texts.of(it), lines.get(0));
      Optional<Texts> inactive = made(it -> Texts.of(it), lines.get(1));
      if (active.isPresent() && inactive.isPresent()) {
        made(it -> new LevelWords(active.get(), inactive.get(), OtherNumbers.MALFORMED), "")
            .ifPresent(
                words -> {
                  Optional<Boolean> said = words.active(lines.get(2), Texts.isNumber(lines.get(2)));
                  assertThat(words.inverted().active(lines.get(2), false))
                      .isEqualTo(said.map(it -> !it));
                });
      }
    }
  }

  private static <T> Optional<T> made(Function<String, T> constructor, String text) {
    try {
      return Optional.of(constructor.apply(text));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
