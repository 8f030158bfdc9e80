package io.gympulse.bench.forecast;

import io.gympulse.bench.forecast.Observations.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A logistic regression of now, half an hour ago, the mean of the last three weeks in the slots of
/// now and of the forecast's time, and the share of the event in the latter. Fitted by Newton's
/// method with a small ridge.
///
/// @param weights of the features
record LogisticPeer(List<Double> weights) {
  private static final int WEEKS = 3;
  private static final int STEPS = 30;
  private static final double RIDGE = 1;
  private static final double CONVERGED = 1e-6;
  private static final double SCALE = 10;

  /// The features of a case; empty before there is an observation of its slots.
  static Optional<double[]> features(Observations observations, Case it, int limit) {
    OptionalDouble now = observations.mean(it.now(), it.now(), WEEKS, count -> count);
    OptionalDouble then = observations.mean(it.then(), it.now(), WEEKS, count -> count);
    OptionalDouble share =
        observations.mean(it.then(), it.now(), WEEKS, count -> count < limit ? 1 : 0);
    return now.isEmpty() || then.isEmpty() || share.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new double[] {
              1,
              it.inUse() / SCALE,
              it.before() / SCALE,
              now.getAsDouble() / SCALE,
              then.getAsDouble() / SCALE,
              share.getAsDouble()
            });
  }

  /// @param features of each case, with its outcome at the same index
  static LogisticPeer fit(List<double[]> features, List<Boolean> outcomes) {
    double[] weights = new double[6];
    for (int step = 0; step < STEPS; step++) {
      double[][] system = new double[weights.length][weights.length + 1];
      for (int i = 0; i < weights.length; i++) {
        system[i][i] = RIDGE;
        system[i][weights.length] = -RIDGE * weights[i];
      }
      for (int n = 0; n < features.size(); n++) {
        add(system, features.get(n), outcomes.get(n), weights);
      }
      double[] change = solve(system);
      double moved = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] += change[i];
        moved += Math.abs(change[i]);
      }
      if (moved < CONVERGED) {
        break;
      }
    }
    List<Double> fitted = new ArrayList<>();
    for (double it : weights) {
      fitted.add(it);
    }
    return new LogisticPeer(List.copyOf(fitted));
  }

  private static void add(double[][] system, double[] x, boolean outcome, double[] weights) {
    double p = probability(x, weights);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        system[i][j] += p * (1 - p) * x[i] * x[j];
      }
      system[i][x.length] += ((outcome ? 1 : 0) - p) * x[i];
    }
  }

  /// Gauss's elimination of a symmetric, positive definite system; the last column is its right
  /// side.
  private static double[] solve(double[][] system) {
    int size = system.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = 0; row < size; row++) {
        double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
        for (int column = pivot; column <= size && row != pivot; column++) {
          system[row][column] -= factor * system[pivot][column];
        }
      }
    }
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      solution[i] = system[i][size] / system[i][i];
    }
    return solution;
  }

  double probability(double[] features) {
    return probability(features, weights.stream().mapToDouble(it -> it).toArray());
  }

  private static double probability(double[] features, double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * features[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
