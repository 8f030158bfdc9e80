package io.gympulse.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttackTest {
  @Test
  void a_round_that_is_effective_and_then_refused_counts_as_both() {
    Attack attack =
        attack(
            onEffect -> {
              onEffect.run();
              onEffect.run();
              throw new IOException("closed");
            },
            _ -> {});

    assertThat(attack.wasEffective()).isTrue();
    assertThat(attack.summary()).isEqualTo("any: 3 attempts, 1 of them effective, 1 refused");
  }

  @Test
  void an_attack_that_is_always_refused_is_not_effective() {
    Attack.Round refused =
        _ -> {
          throw new IOException("refused");
        };
    Attack attack = attack(refused, refused);

    assertThat(attack.wasEffective()).isFalse();
    assertThat(attack.summary()).isEqualTo("any: 3 attempts, 0 of them effective, 2 refused");
  }

  /// An attack after these rounds and a third that ended it.
  private static Attack attack(Attack.Round first, Attack.Round second) {
    Attack.Round last =
        _ -> {
          throw new InterruptedException();
        };
    Iterator<Attack.Round> rounds = List.of(first, second, last).iterator();
    Attack attack = new Attack("any", 0, onEffect -> rounds.next().run(onEffect));
    attack.run();
    return attack;
  }
}
