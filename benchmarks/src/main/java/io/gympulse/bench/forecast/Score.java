package io.gympulse.bench.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How good probabilities were. Lower is better for all but `resolution`.
///
/// The Brier score is the mean squared difference of probability and outcome (G. W. Brier, 1950).
/// Over groups of equal forecasts it is reliability - resolution + uncertainty (A. H. Murphy,
/// "A new vector partition of the probability score", 1973); groups of different forecasts leave a
/// small rest.
///
/// @param cases how many
/// @param rate the share of cases in which the event occurred
/// @param logScore the mean negative natural logarithm of the probability of what happened, which
///     is taken as at least 1e-4
record Score(
    int cases,
    double rate,
    double brier,
    double logScore,
    double reliability,
    double resolution,
    double uncertainty) {
  private static final double LEAST = 1e-4;

  /// A probability and whether the event occurred.
  record Forecasted(double probability, boolean outcome) {}

  static Score of(List<Forecasted> all) {
    double brier = 0;
    double log = 0;
    for (Forecasted it : all) {
      brier += square(it.probability() - (it.outcome() ? 1 : 0));
      double ofOutcome = it.outcome() ? it.probability() : 1 - it.probability();
      log -= Math.log(Math.max(LEAST, ofOutcome));
    }
    double rate = rate(all);
    double reliability = 0;
    double resolution = 0;
    for (Group group : Group.byProbability(all)) {
      reliability += group.cases() * square(group.mean() - group.rate());
      resolution += group.cases() * square(group.rate() - rate);
    }
    int cases = all.size();
    return new Score(
        cases,
        rate,
        brier / cases,
        log / cases,
        reliability / cases,
        resolution / cases,
        rate * (1 - rate));
  }

  /// The share of the reference's Brier score that these forecasts avoid.
  double skillOver(Score reference) {
    return reference.brier == 0 ? 0 : 1 - brier / reference.brier;
  }

  private static double square(double it) {
    return it * it;
  }

  private static double rate(List<Forecasted> all) {
    return all.stream().mapToDouble(it -> it.outcome() ? 1 : 0).average().orElse(0);
  }

  /// Forecasts that are alike.
  ///
  /// @param mean of the probabilities
  /// @param rate the share in which the event occurred
  record Group(int cases, double mean, double rate) {
    private static final int GROUPS = 10;

    private static Group of(List<Forecasted> some) {
      return new Group(
          some.size(),
          some.stream().mapToDouble(Forecasted::probability).average().orElse(0),
          Score.rate(some));
    }

    double error() {
      return Math.abs(mean - rate);
    }

    /// Ten groups by probability, each a tenth wide; empty ones are left out.
    static List<Group> byProbability(List<Forecasted> all) {
      List<List<Forecasted>> groups = new ArrayList<>();
      for (int i = 0; i < GROUPS; i++) {
        groups.add(new ArrayList<>());
      }
      all.forEach(it -> groups.get((int) Math.min(GROUPS - 1, it.probability() * GROUPS)).add(it));
      return groups.stream().filter(it -> !it.isEmpty()).map(Group::of).toList();
    }

    /// The deciles of the forecasts: ten groups of equally many cases, lowest probabilities first.
    static List<Group> deciles(List<Forecasted> all) {
      List<Forecasted> sorted =
          all.stream().sorted(Comparator.comparingDouble(Forecasted::probability)).toList();
      List<Group> deciles = new ArrayList<>();
      for (int i = 0; i < GROUPS && sorted.size() >= GROUPS; i++) {
        deciles.add(
            of(sorted.subList(sorted.size() * i / GROUPS, sorted.size() * (i + 1) / GROUPS)));
      }
      return deciles;
    }
  }
}
