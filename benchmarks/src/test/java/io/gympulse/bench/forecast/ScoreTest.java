package io.gympulse.bench.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gympulse.bench.forecast.Score.Forecasted;
import io.gympulse.bench.forecast.Score.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreTest {
  @Test
  void the_parts_of_a_score_add_up_to_it() {
    Random random = new Random(3);
    List<Forecasted> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      double p = (random.nextInt(10) + 0.5) / 10;
      all.add(new Forecasted(p, random.nextDouble() < p * p));
    }
    Score score = Score.of(all);
    assertThat(score.reliability() - score.resolution() + score.uncertainty())
        .isCloseTo(score.brier(), within(1e-9));
  }

  @Test
  void a_perfect_forecast_has_no_error_and_full_skill() {
    List<Forecasted> perfect = new ArrayList<>();
    List<Forecasted> even = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      perfect.add(new Forecasted(i % 2, i % 2 == 1));
      even.add(new Forecasted(0.5, i % 2 == 1));
    }
    assertThat(Score.of(perfect).brier()).isZero();
    assertThat(Score.of(even).brier()).isEqualTo(0.25);
    assertThat(Score.of(even).logScore()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(Score.of(perfect).skillOver(Score.of(even))).isEqualTo(1);
  }

  @Test
  void deciles_have_equally_many_cases_in_the_order_of_their_probabilities() {
    List<Forecasted> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(new Forecasted((i * 37 % 100) / 100.0, i % 3 == 0));
    }
    List<Group> deciles = Group.deciles(all);
    assertThat(deciles).hasSize(10).allMatch(it -> it.cases() == 10);
    assertThat(deciles.getFirst().mean()).isCloseTo(0.045, within(1e-9));
    assertThat(deciles).extracting(Group::mean).isSorted();
  }

  @Test
  void the_logistic_finds_the_weights_that_made_the_outcomes() {
    Random random = new Random(5);
    List<double[]> features = new ArrayList<>();
    List<Boolean> outcomes = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double x = random.nextGaussian();
      features.add(new double[] {1, x, 0, 0, 0, 0});
      outcomes.add(random.nextDouble() < 1 / (1 + Math.exp(0.5 - 2 * x)));
    }
    LogisticPeer fitted = LogisticPeer.fit(features, outcomes);
    assertThat(fitted.weights().get(0)).isCloseTo(-0.5, within(0.1));
    assertThat(fitted.weights().get(1)).isCloseTo(2.0, within(0.1));
  }
}
