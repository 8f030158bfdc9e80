package io.gympulse.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.configuration.GatewayConfiguration.Card;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CardLifeTest {
  private static final long GB = 1_000_000_000L;

  /// 16 GB programmed 1,000 times take 16 TB; 40 MB a day, tenfold, are 146.1 GB a year.
  @Test
  void the_life_of_a_card_follows_from_its_endurance_and_what_is_written() {
    assertThat(new CardLife(Card.USUAL).years(16 * GB, 40_000_000)).contains(109.5);
    assertThat(new CardLife(new Card(3_000, 10)).years(16 * GB, 40_000_000)).contains(328.5);
    assertThat(new CardLife(new Card(1_000, 20)).years(16 * GB, 4 * GB)).contains(0.5);
  }

  @Test
  void a_prediction_is_at_most_a_thousand_years_and_needs_something_written() {
    assertThat(new CardLife(Card.USUAL).years(16 * GB, 1)).contains(1_000.0);
    assertThat(new CardLife(Card.USUAL).years(16 * GB, 0)).isEmpty();
  }

  @Test
  void an_average_is_unknown_in_the_first_hours() {
    assertThat(CardLife.perDay(500, CardLife.LEAST.minusSeconds(1))).isEmpty();
    assertThat(CardLife.perDay(500, Duration.ofHours(6))).contains(2_000L);
    assertThat(CardLife.perDay(500, Duration.ofDays(10))).contains(50L);
  }
}
