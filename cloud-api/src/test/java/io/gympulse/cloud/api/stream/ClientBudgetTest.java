package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.stream.ClientBudget.Breach;
import org.junit.jupiter.api.Test;

class ClientBudgetTest {
  private static final long SECOND = 1_000_000_000;

  private final ClientBudget budget = new ClientBudget(0);

  @Test
  void a_message_of_the_greatest_length_passes_and_one_byte_more_does_not() {
    assertThat(budget.data(ClientBudget.LONGEST_MESSAGE, true, 0)).isEmpty();
    assertThat(budget.data(ClientBudget.LONGEST_MESSAGE + 1, true, 0)).contains(Breach.TOO_LONG);
  }

  @Test
  void fragments_add_up_until_the_message_ends() {
    assertThat(budget.data(4_000, false, 0)).isEmpty();
    assertThat(budget.data(96, true, 0)).isEmpty();
    assertThat(budget.data(4_000, false, 0)).isEmpty();
    assertThat(budget.data(97, true, 0)).contains(Breach.TOO_LONG);
  }

  @Test
  void empty_fragments_are_counted_too() {
    for (int i = 0; i < ClientBudget.MOST_FRAGMENTS; i++) {
      assertThat(budget.data(0, false, i * SECOND)).isEmpty();
    }
    assertThat(budget.data(0, false, 99 * SECOND)).contains(Breach.TOO_LONG);
  }

  @Test
  void a_burst_passes_and_a_flood_does_not() {
    for (int i = 0; i < ClientBudget.MOST_AT_ONCE; i++) {
      assertThat(budget.data(1, true, 0)).isEmpty();
    }
    assertThat(budget.control(0)).contains(Breach.TOO_MANY);
  }

  @Test
  void four_frames_a_second_pass_for_ever() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(budget.control(i * SECOND / 4)).isEmpty();
    }
  }

  @Test
  void a_clock_that_goes_back_gives_nothing_away() {
    for (int i = 0; i < ClientBudget.MOST_AT_ONCE; i++) {
      assertThat(budget.control(SECOND)).isEmpty();
    }
    assertThat(budget.control(-SECOND)).contains(Breach.TOO_MANY);
  }
}
