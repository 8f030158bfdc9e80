package io.gympulse.cloud.core.forecast;

import java.util.List;

/// The correction of a model's probability for one time ahead, learned from cases that the model
/// had not seen: the calibrated log-odds are `intercept + slope * log-odds` (J. Platt,
/// "Probabilistic outputs for support vector machines", 1999), with the level whose forecasts had
/// the best log score.
///
/// @param minutes ahead; at least 1
/// @param slope above 0, so that calibration keeps the order of forecasts
/// @param covariance of the estimated intercept and slope
/// @param cases how many it was learned from
record Calibration(
    int minutes, Level level, double intercept, double slope, Covariance covariance, int cases) {
  /// Where log-odds are cut off: no forecast is surer than 1 in 3,000 before it is calibrated.
  private static final double MOST = 8;

  /// The standard normal's 90 % quantile: an interval of 80 %.
  private static final double TENTH = 1.2816;

  /// @param slopes the variance of the slope
  record Covariance(double intercepts, double mixed, double slopes) {
    static final Covariance NONE = new Covariance(0, 0, 0);
  }

  /// A probability with its interval of 80 %, which covers the error of the calibration, not the
  /// chance that remains in a probability.
  record Range(double low, double probability, double high) {}

  Calibration {
    if (minutes < 1 || !(slope > 0)) {
      throw new IllegalArgumentException(
          "a calibration for %d minutes with slope %s".formatted(minutes, slope));
    }
  }

  static double logOdds(double probability) {
    double odds = Math.log(probability) - Math.log1p(-probability);
    return Math.clamp(odds, -MOST, MOST);
  }

  static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  Range apply(double probability) {
    double odds = logOdds(probability);
    double calibrated = intercept + slope * odds;
    double variance =
        covariance.intercepts() + 2 * odds * covariance.mixed() + odds * odds * covariance.slopes();
    double margin = TENTH * Math.sqrt(Math.max(0, variance));
    return new Range(
        probability(calibrated - margin),
        probability(calibrated),
        probability(calibrated + margin));
  }

  /// The calibration for a time ahead: between two of the list their linear mix, after the last the
  /// last, before the first a mix with none at all, as now itself needs no correction.
  ///
  /// @param learned not empty, ascending by minutes
  /// @param minutes at least 0
  static Calibration at(List<Calibration> learned, double minutes) {
    Calibration before = learned.getFirst().none();
    double from = 0;
    for (Calibration next : learned) {
      if (minutes <= next.minutes) {
        return before.mixed(next, (minutes - from) / (next.minutes - from));
      }
      before = next;
      from = next.minutes;
    }
    return before;
  }

  private Calibration none() {
    return new Calibration(minutes, level, 0, 1, Covariance.NONE, cases);
  }

  /// @param share of `other`, 0 to 1
  private Calibration mixed(Calibration other, double share) {
    return new Calibration(
        other.minutes,
        new Level(
            mix(level.exponent(), other.level.exponent(), share),
            mix(level.nowShare(), other.level.nowShare(), share)),
        mix(intercept, other.intercept, share),
        mix(slope, other.slope, share),
        new Covariance(
            mix(covariance.intercepts(), other.covariance.intercepts(), share),
            mix(covariance.mixed(), other.covariance.mixed(), share),
            mix(covariance.slopes(), other.covariance.slopes(), share)),
        Math.min(cases, other.cases));
  }

  private static double mix(double one, double other, double share) {
    return one + (other - one) * share;
  }
}
