package io.gympulse.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttackTest {
  @Test
  void a_round_that_gets_through_and_is_cut_off_then_counts_as_both() {
    Attack attack =
        attack(
            through -> {
              through.run();
              through.run();
              throw new IOException("closed");
            },
            _ -> {});

    assertThat(attack.gotThrough()).isTrue();
    assertThat(attack.summary())
        .isEqualTo("any: 3 attempts, 1 of them got through, 1 were cut off");
  }

  @Test
  void an_attack_that_is_always_refused_never_gets_through() {
    Attack.Round refused =
        _ -> {
          throw new IOException("refused");
        };
    Attack attack = attack(refused, refused);

    assertThat(attack.gotThrough()).isFalse();
    assertThat(attack.summary())
        .isEqualTo("any: 3 attempts, 0 of them got through, 2 were cut off");
  }

  /// Has run these rounds, and a third one that ended it.
  private static Attack attack(Attack.Round first, Attack.Round second) {
    Attack.Round last =
        _ -> {
          throw new InterruptedException();
        };
    Iterator<Attack.Round> rounds = List.of(first, second, last).iterator();
    Attack attack = new Attack("any", 0, through -> rounds.next().run(through));
    attack.run();
    return attack;
  }
}
