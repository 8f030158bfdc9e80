package io.gympulse.cloud.core.forecast;

import java.util.Arrays;

/// A category as a system of `servers` parallel servers without a waiting room: the state is the
/// number of machines in use, arrivals are Poisson, uses are exponential, and an arrival that finds
/// no machine free is lost. This is Erlang's loss system M/M/k/k. Whoever waits beside the machines
/// is not seen by any sensor, so a queue would be a guess; its effect on the figures is left to the
/// calibration.
///
/// Transient probabilities by uniformization (A. Jensen, "Markoff chains as an aid in the study of
/// Markoff processes", Skandinavisk Aktuarietidskrift 36, 1953; W. J. Stewart, "Introduction to the
/// Numerical Solution of Markov Chains", 1994, section 8.2). With generator Q, a rate u that is at
/// least every exit rate, and P = I + Q / u:
///
/// ```
/// p(t) = sum over n >= 0 of  e^(-u t) (u t)^n / n!  *  p(0) P^n
/// ```
///
/// No subtraction occurs, so the result has no cancellation; the sum ends when the rest is below
/// 1e-12. Time-dependent rates are steps: the caller applies [#after] to each step in turn.
/// Immutable.
///
/// @param servers at least 1
/// @param endings ends of uses per hour and machine in use; above 0
record ServerSystem(int servers, double endings) {
  private static final double REST = 1e-12;

  /// The largest u t of one sum: e^-u t has to stay far above the smallest double.
  private static final double MOST_EVENTS = 200;

  ServerSystem {
    if (servers < 1 || !(endings > 0) || Double.isInfinite(endings)) {
      throw new IllegalArgumentException(
          "%d machines whose uses end %s times an hour are no system".formatted(servers, endings));
    }
  }

  /// The distribution in which `inUse` machines are in use for certain.
  double[] certainly(int inUse) {
    double[] distribution = new double[servers + 1];
    distribution[inUse] = 1;
    return distribution;
  }

  /// The distribution after some time at a constant rate of arrivals.
  ///
  /// @param distribution of the machines in use now, `servers + 1` probabilities; not changed
  /// @param arrivals per hour; at least 0
  /// @param hours at least 0
  double[] after(double[] distribution, double arrivals, double hours) {
    double events = (arrivals + servers * endings) * hours;
    int steps = Math.max(1, (int) Math.ceil(events / MOST_EVENTS));
    double[] current = distribution;
    for (int step = 0; step < steps; step++) {
      current = uniformized(current, arrivals, events / steps);
    }
    return current;
  }

  private double[] uniformized(double[] distribution, double arrivals, double events) {
    double rate = arrivals + servers * endings;
    double weight = Math.exp(-events);
    double left = 1 - weight;
    Power power = Power.of(distribution);
    double[] sum = new double[servers + 1];
    power.addTo(sum, weight);
    for (int n = 1; left > REST && n < 2 * MOST_EVENTS + 200; n++) {
      power.step(arrivals / rate, endings / rate);
      weight *= events / n;
      left -= weight;
      power.addTo(sum, weight);
    }
    return normalized(sum);
  }

  /// `p(0) P^n` for the growing n. Only the states from `low` to `high` are not 0, or above
  /// [#NOTHING].
  private static final class Power {
    private static final double NOTHING = 1e-18;

    private double[] current;
    private double[] next;
    private int low;
    private int high;

    private Power(double[] current) {
      this.current = current;
      this.next = new double[current.length];
      this.high = current.length - 1;
      trim();
    }

    static Power of(double[] distribution) {
      return new Power(distribution.clone());
    }

    private void trim() {
      while (low < high && current[low] < NOTHING) {
        current[low++] = 0;
      }
      while (high > low && current[high] < NOTHING) {
        current[high--] = 0;
      }
    }

    /// Multiplies by the tridiagonal P, whose row of the state n has `up` (0 at the last state) to
    /// its right and `n * down` to its left.
    void step(double up, double down) {
      int last = current.length - 1;
      int from = Math.max(0, low - 1);
      int to = Math.min(last, high + 1);
      for (int n = from; n <= to; n++) {
        double leaving = (n < last ? up : 0) + n * down;
        double value = current[n] * (1 - leaving);
        if (n > 0) {
          value += current[n - 1] * up;
        }
        if (n < last) {
          value += current[n + 1] * (n + 1) * down;
        }
        next[n] = value;
      }
      double[] swapped = current;
      current = next;
      next = swapped;
      Arrays.fill(next, 0);
      low = from;
      high = to;
      trim();
    }

    void addTo(double[] sum, double weight) {
      for (int n = low; n <= high; n++) {
        sum[n] += weight * current[n];
      }
    }
  }

  private static double[] normalized(double[] sum) {
    double total = 0;
    for (double it : sum) {
      total += it;
    }
    for (int n = 0; n < sum.length; n++) {
      sum[n] /= total;
    }
    return sum;
  }

  /// The probability that fewer than `limit` machines are in use.
  static double below(double[] distribution, int limit) {
    double sum = 0;
    for (int n = 0; n < Math.min(limit, distribution.length); n++) {
      sum += distribution[n];
    }
    return Math.min(1, sum);
  }

  /// The smallest state whose probability, together with those below, is at least `share`.
  static int quantile(double[] distribution, double share) {
    double sum = 0;
    for (int n = 0; n < distribution.length; n++) {
      sum += distribution[n];
      if (sum >= share) {
        return n;
      }
    }
    return distribution.length - 1;
  }
}
