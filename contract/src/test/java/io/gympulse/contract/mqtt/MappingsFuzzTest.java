package io.gympulse.contract.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.contract.mqtt.LevelRule.Words;
import io.gympulse.contract.mqtt.LevelRule.Words.OtherNumbers;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Any text is refused with a message, or is a filter, pointer or values that behave as documented.
class MappingsFuzzTest {

  /// The first line is a filter, the second a topic.
  @FuzzTest
  void filters_are_refused_or_match_and_cover_alike(byte[] text) {
    List<String> lines = new String(text, UTF_8).lines().limit(2).toList();
    if (lines.size() == 2) {
      constructed(TopicFilter::new, lines.get(0))
          .ifPresent(
              filter -> {
                boolean matches = filter.matches(lines.get(1));
                constructed(TopicFilter::new, lines.get(1))
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
    constructed(PayloadPointer::new, new String(text, UTF_8))
        .filter(it -> it.names().size() == 1)
        .ifPresent(it -> assertThat(PayloadPointer.toField(it.names().getFirst())).isEqualTo(it));
  }

  /// The first line means active, the second inactive, the third is a payload's value.
  @FuzzTest
  void words_are_refused_or_never_mean_both(byte[] text) {
    List<String> lines = new String(text, UTF_8).lines().limit(3).toList();
    if (lines.size() == 3) {
      Optional<PayloadValues> active = constructed(it -> PayloadValues.of(it), lines.get(0));
      Optional<PayloadValues> inactive = constructed(it -> PayloadValues.of(it), lines.get(1));
      if (active.isPresent() && inactive.isPresent()) {
        constructed(it -> new Words(active.get(), inactive.get(), OtherNumbers.MALFORMED), "")
            .ifPresent(
                values -> {
                  Optional<Boolean> meaning =
                      values.active(lines.get(2), PayloadValues.isNumber(lines.get(2)));
                  assertThat(values.inverted().active(lines.get(2), false))
                      .isEqualTo(meaning.map(it -> !it));
                });
      }
    }
  }

  private static <T> Optional<T> constructed(Function<String, T> constructor, String text) {
    try {
      return Optional.of(constructor.apply(text));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
