package io.gympulse.edge.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.screen.Pairing.Result;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairingTest {
  private final List<String> printed = new ArrayList<>();
  private long nanos = 1_000;
  private final Pairing pairing = new Pairing(new SecureRandom(), () -> nanos, printed::add);

  @BeforeEach
  void first_code() {
    pairing.printCode();
  }

  @Test
  void the_printed_code_gives_one_session_and_a_new_code() {
    String token = pair(printed.getLast());
    assertThat(pairing.isPaired(token)).isTrue();
    assertThat(pairing.isPaired(token + "x")).isFalse();
    assertThat(printed).hasSize(2);
    assertThat(pairing.pair(printed.getFirst())).isEqualTo(new Result.Wrong(4));
  }

  @Test
  void five_wrong_codes_end_the_code_and_the_next_one_waits_for_a_minute() {
    String right = printed.getLast();
    for (int left = 4; left >= 0; left--) {
      assertThat(pairing.pair("wrong")).isEqualTo(new Result.Wrong(left));
    }
    assertThat(pairing.pair(right)).isEqualTo(new Result.NoCode());
    assertThat(pairing.requestCode()).isFalse();
    pass(Pairing.BETWEEN_CODES);
    assertThat(pairing.requestCode()).isTrue();
    assertThat(pairing.isPaired(pair(printed.getLast()))).isTrue();
  }

  @Test
  void a_code_and_a_session_end_with_time() {
    String token = pair(printed.getLast());
    pass(Pairing.CODE_LIFE);
    assertThat(pairing.pair(printed.getLast())).isEqualTo(new Result.NoCode());
    assertThat(pairing.isPaired(token)).isTrue();
    pass(Pairing.SESSION_LIFE);
    assertThat(pairing.isPaired(token)).isFalse();
  }

  @Test
  void a_code_that_can_be_used_is_not_replaced() {
    pass(Pairing.BETWEEN_CODES);
    assertThat(pairing.requestCode()).isTrue();
    assertThat(printed).hasSize(1);
  }

  @Test
  void of_too_many_sessions_the_oldest_ends() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i <= Pairing.MAX_SESSIONS; i++) {
      tokens.add(pair(printed.getLast()));
      pass(Duration.ofSeconds(1));
    }
    assertThat(pairing.isPaired(tokens.getFirst())).isFalse();
    assertThat(tokens.subList(1, tokens.size())).allMatch(pairing::isPaired);
  }

  @Test
  void a_session_that_was_ended_is_no_more() {
    String token = pair(printed.getLast());
    pairing.end(token);
    assertThat(pairing.isPaired(token)).isFalse();
  }

  private String pair(String code) {
    Result result = pairing.pair(code);
    assertThat(result).isInstanceOf(Result.Paired.class);
    return ((Result.Paired) result).token();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
