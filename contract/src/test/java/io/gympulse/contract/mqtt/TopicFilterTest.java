package io.gympulse.contract.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFilterTest {

  /// The examples of MQTT 5.0, section 4.7.1 and 4.7.2, and their borders.
  @ParameterizedTest
  @CsvSource({
    "sport/tennis/player1/#, sport/tennis/player1, true",
    "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
    "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
    "sport/#, sport, true",
    "sport/#, sports, false",
    "#, a/b, true",
    "sport/tennis/+, sport/tennis/player1, true",
    "sport/tennis/+, sport/tennis/player1/ranking, false",
    "sport/+, sport, false",
    "sport/+, sport/, true",
    "+/+, /finance, true",
    "/+, /finance, true",
    "+, /finance, false",
    "#, $SYS/broker, false",
    "+/monitor/Clients, $SYS/monitor/Clients, false",
    "$SYS/#, $SYS/broker, true",
    "a/b, a/b, true",
    "a/b, a/b/c, false",
    "a/b/c, a/b, false",
    "a/b, a/B, false",
    "+/b/#, a/b, true",
  })
  void a_topic_is_matched_as_mqtt_says(String filter, String topic, boolean matches) {
    assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(matches);
    assertThat(new TopicFilter(filter).overlaps(new TopicFilter(topic))).isEqualTo(matches);
    assertThat(new TopicFilter(topic).overlaps(new TopicFilter(filter))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "a/+, +/b, true, false",
    "a/#, a/+/c, true, true",
    "#, +/a, true, true",
    "+/a, #, true, false",
    "a/+, a/#, true, false",
    "a/+/c, a/b/d, false, false",
    "a/b, a/+/#, true, false",
    "a/+, a/b/#, true, false",
    "+/x, $SYS/x, false, false",
    "a/+, a/+, true, true",
    "a/+/#, a/#, true, false",
  })
  void two_filters_overlap_or_cover(String one, String other, boolean overlap, boolean covers) {
    assertThat(new TopicFilter(one).overlaps(new TopicFilter(other))).isEqualTo(overlap);
    assertThat(new TopicFilter(other).overlaps(new TopicFilter(one))).isEqualTo(overlap);
    assertThat(new TopicFilter(one).covers(new TopicFilter(other))).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "' ', blank",
    "a/#/b, nothing may follow '#'",
    "a/b#, a wildcard stands for a whole level",
    "a+/b, a wildcard stands for a whole level",
    "##, a wildcard stands for a whole level",
    "a\0b, null character",
  })
  void a_filter_that_no_broker_takes_is_refused(String filter, String message) {
    assertThatThrownBy(() -> new TopicFilter(filter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_filter_may_not_be_longer_than_mqtt_can_write() {
    assertThatThrownBy(() -> new TopicFilter("ä".repeat(32_768)))
        .hasMessageContaining("more than 65535 bytes");
    assertThat(new TopicFilter("a".repeat(65_535)).hasWildcard()).isFalse();
  }

  @Property
  void whatever_a_covered_filter_matches_the_covering_one_matches(
      @ForAll("filters") String one,
      @ForAll("filters") String other,
      @ForAll("topics") String topic) {
    TopicFilter wide = new TopicFilter(one);
    TopicFilter narrow = new TopicFilter(other);
    if (narrow.matches(topic)) {
      assertThat(wide.matches(topic) || !wide.covers(narrow)).isTrue();
      assertThat(!wide.matches(topic) || wide.overlaps(narrow)).isTrue();
    }
  }

  @Property
  void a_made_up_topic_is_matched(@ForAll("filters") String filter) {
    String topic = new TopicFilter(filter).topic("s-1");
    assertThat(new TopicFilter(filter).matches(topic)).isTrue();
    assertThat(new TopicFilter(topic).hasWildcard()).isFalse();
  }

  @Provide
  Arbitrary<String> topics() {
    return Arbitraries.of("a", "b", "").list().ofMinSize(1).ofMaxSize(4).map(TopicFilterTest::text);
  }

  @Provide
  Arbitrary<String> filters() {
    Arbitrary<List<String>> levels = Arbitraries.of("a", "b", "+").list().ofMinSize(1).ofMaxSize(3);
    return levels.flatMap(it -> Arbitraries.of(text(it), text(it) + "/#", "#"));
  }

  private static String text(List<String> levels) {
    String text = String.join("/", levels);
    return text.isEmpty() ? "a" : text;
  }
}
