package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.forecast.Calibration.Covariance;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Learns a [Calibration] from cases: a logistic regression of the outcome on the log-odds, by
/// Newton's method, pulled towards no correction by a normal prior, so that few cases change
/// little. The covariance is the robust one with a cluster for each day (K.-Y. Liang, S. Zeger,
/// "Longitudinal data analysis using generalized linear models", Biometrika 73, 1986), as the cases
/// of one day are alike. Not thread-safe.
final class CalibrationFit {
  private static final double PRIOR_PRECISION = 4;
  private static final double LEAST_SLOPE = 0.05;
  private static final int MOST_STEPS = 50;
  private static final double CONVERGED = 1e-9;
  private static final int FIRST_SIZE = 512;

  private double[] odds = new double[FIRST_SIZE];
  private boolean[] outcomes = new boolean[FIRST_SIZE];
  private long[] days = new long[FIRST_SIZE];
  private int size;

  /// @param probability before calibration
  /// @param day cases of one number are alike
  void add(double probability, boolean outcome, long day) {
    if (size == odds.length) {
      odds = Arrays.copyOf(odds, 2 * size);
      outcomes = Arrays.copyOf(outcomes, 2 * size);
      days = Arrays.copyOf(days, 2 * size);
    }
    odds[size] = Calibration.logOdds(probability);
    outcomes[size] = outcome;
    days[size] = day;
    size++;
  }

  int size() {
    return size;
  }

  /// @param logScore the mean negative log-likelihood of the calibrated cases; lower is better
  record Fitted(Calibration calibration, double logScore) {}

  Fitted fit(int minutes, Level level) {
    double intercept = 0;
    double slope = 1;
    Hessian hessian = new Hessian(0, 0, 0);
    for (int step = 0; step < MOST_STEPS; step++) {
      double byIntercept = -PRIOR_PRECISION * intercept;
      double bySlope = -PRIOR_PRECISION * (slope - 1);
      hessian = new Hessian(PRIOR_PRECISION, 0, PRIOR_PRECISION);
      for (int i = 0; i < size; i++) {
        double p = Calibration.probability(intercept + slope * odds[i]);
        double error = (outcomes[i] ? 1 : 0) - p;
        byIntercept += error;
        bySlope += error * odds[i];
        hessian = hessian.plus(p * (1 - p), odds[i]);
      }
      double[] change = hessian.solve(byIntercept, bySlope);
      intercept += change[0];
      slope = Math.max(LEAST_SLOPE, slope + change[1]);
      if (Math.abs(change[0]) + Math.abs(change[1]) < CONVERGED) {
        break;
      }
    }
    Covariance covariance = hessian.sandwich(scores(intercept, slope).values());
    return new Fitted(
        new Calibration(minutes, level, intercept, slope, covariance, size),
        logScore(intercept, slope));
  }

  private double logScore(double intercept, double slope) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double calibrated = intercept + slope * odds[i];
      sum += Math.log1p(Math.exp(outcomes[i] ? -calibrated : calibrated));
    }
    return size == 0 ? 0 : sum / size;
  }

  private Map<Long, double[]> scores(double intercept, double slope) {
    Map<Long, double[]> byDay = new HashMap<>();
    for (int i = 0; i < size; i++) {
      double error = (outcomes[i] ? 1 : 0) - Calibration.probability(intercept + slope * odds[i]);
      double[] sum = byDay.computeIfAbsent(days[i], _ -> new double[2]);
      sum[0] += error;
      sum[1] += error * odds[i];
    }
    return byDay;
  }

  /// The symmetric matrix `(a b; b c)`.
  private record Hessian(double a, double b, double c) {
    Hessian plus(double weight, double x) {
      return new Hessian(a + weight, b + weight * x, c + weight * x * x);
    }

    double[] solve(double first, double second) {
      double determinant = a * c - b * b;
      return new double[] {
        (c * first - b * second) / determinant, (a * second - b * first) / determinant
      };
    }

    /// This matrix's inverse times the sum of the outer products times the inverse.
    Covariance sandwich(Iterable<double[]> scores) {
      double intercepts = 0;
      double mixed = 0;
      double slopes = 0;
      for (double[] score : scores) {
        double[] it = solve(score[0], score[1]);
        intercepts += it[0] * it[0];
        mixed += it[0] * it[1];
        slopes += it[1] * it[1];
      }
      return new Covariance(intercepts, mixed, slopes);
    }
  }
}
