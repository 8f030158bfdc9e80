package io.gympulse.cloud.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ServerSystemTest {
  @Property(tries = 300)
  void probabilities_lie_in_0_to_1_and_sum_to_1(
      @ForAll @IntRange(min = 1, max = 60) int servers,
      @ForAll @IntRange(min = 0, max = 60) int start,
      @ForAll @DoubleRange(min = 0, max = 200) double arrivals,
      @ForAll @DoubleRange(min = 0.1, max = 30) double endings,
      @ForAll @DoubleRange(min = 0, max = 3) double hours) {
    ServerSystem system = new ServerSystem(servers, endings);
    double[] after = system.after(system.certainly(Math.min(start, servers)), arrivals, hours);
    assertThat(after).hasSize(servers + 1);
    assertThat(Arrays.stream(after)).allMatch(it -> it >= 0 && it <= 1 + 1e-12);
    assertThat(Arrays.stream(after).sum()).isCloseTo(1, within(1e-9));
  }

  /// p(busy at t) = r + (p(0) - r) e^-(arrivals + endings) t with r = arrivals / (both).
  @Property(tries = 300)
  void one_machine_follows_the_closed_form(
      @ForAll boolean busy,
      @ForAll @DoubleRange(min = 0, max = 60) double arrivals,
      @ForAll @DoubleRange(min = 0.1, max = 30) double endings,
      @ForAll @DoubleRange(min = 0, max = 3) double hours) {
    ServerSystem system = new ServerSystem(1, endings);
    double[] after = system.after(system.certainly(busy ? 1 : 0), arrivals, hours);
    double rest = arrivals / (arrivals + endings);
    double expected = rest + ((busy ? 1 : 0) - rest) * Math.exp(-(arrivals + endings) * hours);
    assertThat(after[1]).isCloseTo(expected, within(1e-9));
  }

  @Property(tries = 100)
  void uniformization_agrees_with_the_matrix_exponential(
      @ForAll @IntRange(min = 1, max = 6) int servers,
      @ForAll @IntRange(min = 0, max = 6) int start,
      @ForAll @DoubleRange(min = 0, max = 40) double arrivals,
      @ForAll @DoubleRange(min = 0.1, max = 10) double endings,
      @ForAll @DoubleRange(min = 0, max = 2) double hours) {
    int from = Math.min(start, servers);
    ServerSystem system = new ServerSystem(servers, endings);
    double[] expected = MatrixExponential.of(generator(servers, arrivals, endings), hours)[from];
    assertThat(system.after(system.certainly(from), arrivals, hours))
        .containsExactly(expected, within(1e-9));
  }

  @Property(tries = 200)
  void more_machines_in_use_and_more_arrivals_make_a_free_one_less_likely(
      @ForAll @IntRange(min = 2, max = 20) int servers,
      @ForAll @IntRange(min = 0, max = 19) int start,
      @ForAll @DoubleRange(min = 0, max = 60) double arrivals,
      @ForAll @DoubleRange(min = 0.5, max = 10) double endings,
      @ForAll @DoubleRange(min = 0.01, max = 3) double hours) {
    ServerSystem system = new ServerSystem(servers, endings);
    int fewer = Math.min(start, servers - 1);
    double base = free(system, fewer, arrivals, hours);
    assertThat(free(system, fewer + 1, arrivals, hours)).isLessThanOrEqualTo(base + 1e-9);
    assertThat(free(system, fewer, arrivals + 1, hours)).isLessThanOrEqualTo(base + 1e-9);
  }

  @Property(tries = 100)
  void two_steps_are_as_one_of_both_lengths(
      @ForAll @IntRange(min = 1, max = 30) int servers,
      @ForAll @DoubleRange(min = 0, max = 60) double arrivals,
      @ForAll @DoubleRange(min = 0, max = 1.5) double one,
      @ForAll @DoubleRange(min = 0, max = 1.5) double other) {
    ServerSystem system = new ServerSystem(servers, 3);
    double[] start = system.certainly(0);
    assertThat(system.after(system.after(start, arrivals, one), arrivals, other))
        .containsExactly(system.after(start, arrivals, one + other), within(1e-9));
  }

  @Test
  void after_a_long_time_the_distribution_is_erlangs() {
    ServerSystem system = new ServerSystem(4, 2);
    double[] after = system.after(system.certainly(0), 6, 100);
    double load = 6.0 / 2;
    double[] weights = {1, load, load * load / 2, Math.pow(load, 3) / 6, Math.pow(load, 4) / 24};
    double all = Arrays.stream(weights).sum();
    assertThat(after)
        .containsExactly(Arrays.stream(weights).map(it -> it / all).toArray(), within(1e-9));
  }

  @Test
  void a_system_without_machines_or_ends_of_uses_is_refused() {
    assertThatThrownBy(() -> new ServerSystem(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ServerSystem(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static double free(ServerSystem system, int inUse, double arrivals, double hours) {
    return ServerSystem.below(
        system.after(system.certainly(inUse), arrivals, hours), system.servers());
  }

  private static double[][] generator(int servers, double arrivals, double endings) {
    double[][] generator = new double[servers + 1][servers + 1];
    for (int n = 0; n <= servers; n++) {
      if (n < servers) {
        generator[n][n + 1] = arrivals;
        generator[n][n] -= arrivals;
      }
      if (n > 0) {
        generator[n][n - 1] = n * endings;
        generator[n][n] -= n * endings;
      }
    }
    return generator;
  }

  /// e^(Q t) by scaling and squaring of the Taylor series.
  private static final class MatrixExponential {
    private static final int SQUARINGS = 14;
    private static final int TERMS = 12;

    static double[][] of(double[][] generator, double hours) {
      int size = generator.length;
      double scale = hours / (1 << SQUARINGS);
      double[][] sum = identity(size);
      double[][] term = identity(size);
      for (int n = 1; n < TERMS; n++) {
        term = product(term, generator, scale / n);
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            sum[i][j] += term[i][j];
          }
        }
      }
      for (int n = 0; n < SQUARINGS; n++) {
        sum = product(sum, sum, 1);
      }
      return sum;
    }

    private static double[][] identity(int size) {
      double[][] identity = new double[size][size];
      for (int i = 0; i < size; i++) {
        identity[i][i] = 1;
      }
      return identity;
    }

    private static double[][] product(double[][] one, double[][] other, double scale) {
      int size = one.length;
      double[][] product = new double[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          for (int k = 0; k < size; k++) {
            product[i][j] += one[i][k] * other[k][j] * scale;
          }
        }
      }
      return product;
    }
  }
}
