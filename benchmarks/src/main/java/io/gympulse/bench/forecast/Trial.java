package io.gympulse.bench.forecast;

import io.gympulse.bench.forecast.Observations.Case;
import io.gympulse.bench.forecast.Score.Forecasted;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Forecasts one subject week by week: each week model and logistic are fitted to all that came
/// before, and the slot's averages use what came before each case. A case that one of the peers
/// cannot forecast is left out for all.
///
/// @param limit the event is that fewer are in use
/// @param forecast of the subject by its model
record Trial(
    String name,
    Observations observations,
    int limit,
    BiFunction<CategoryModel, Case, Forecast> forecast) {
  private static final Duration REFIT = Duration.ofDays(7);
  private static final int FEW_WEEKS = 3;
  private static final int MANY_WEEKS = 13;

  /// All forecasters' probabilities of the same cases, in the same order.
  ///
  /// @param fewWeeks the slot average of the last 3 weeks
  /// @param manyWeeks the slot average of the last 13 weeks
  /// @param unknown cases for which the model gave no forecast
  /// @param nanos that the model's forecasts took in all
  record Outcomes(
      List<Forecasted> model,
      List<Forecasted> fewWeeks,
      List<Forecasted> manyWeeks,
      List<Forecasted> persistence,
      List<Forecasted> logistic,
      int unknown,
      long nanos) {
    static final Outcomes NONE =
        new Outcomes(List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0);

    Outcomes plus(Outcomes other) {
      return new Outcomes(
          joined(model, other.model),
          joined(fewWeeks, other.fewWeeks),
          joined(manyWeeks, other.manyWeeks),
          joined(persistence, other.persistence),
          joined(logistic, other.logistic),
          unknown + other.unknown,
          nanos + other.nanos);
    }

    private static List<Forecasted> joined(List<Forecasted> one, List<Forecasted> other) {
      List<Forecasted> all = new ArrayList<>(one);
      all.addAll(other);
      return all;
    }

    /// The mean time of a forecast.
    double micros() {
      return nanos / 1e3 / Math.max(1, model.size() + unknown);
    }

    /// The better one of the two slot averages.
    Score slotAverage() {
      Score few = Score.of(fewWeeks);
      Score many = Score.of(manyWeeks);
      return few.brier() < many.brier() ? few : many;
    }
  }

  /// A case with the features of its time.
  private record Prepared(Case it, Optional<double[]> features) {}

  /// @param from the first case's time
  /// @param fit the model as of a moment
  Outcomes run(Instant from, Function<Instant, CategoryModel> fit) {
    List<Prepared> cases =
        observations.cases().stream()
            .map(it -> new Prepared(it, LogisticPeer.features(observations, it, limit)))
            .toList();
    Outcomes sum = Outcomes.NONE;
    if (cases.isEmpty()) {
      return sum;
    }
    Instant end = cases.getLast().it().now();
    for (Instant week = from; !week.isAfter(end); week = week.plus(REFIT)) {
      Instant begin = week;
      Instant next = week.plus(REFIT);
      List<Prepared> some =
          cases.stream()
              .filter(it -> !it.it().now().isBefore(begin) && it.it().now().isBefore(next))
              .toList();
      if (!some.isEmpty()) {
        sum = sum.plus(week(some, fit.apply(begin), logistic(cases, begin)));
      }
    }
    return sum;
  }

  private LogisticPeer logistic(List<Prepared> cases, Instant asOf) {
    List<double[]> features = new ArrayList<>();
    List<Boolean> outcomes = new ArrayList<>();
    for (Prepared it : cases) {
      if (it.features().isPresent() && !it.it().then().isAfter(asOf)) {
        features.add(it.features().get());
        outcomes.add(it.it().after() < limit);
      }
    }
    return LogisticPeer.fit(features, outcomes);
  }

  private Outcomes week(List<Prepared> cases, CategoryModel model, LogisticPeer logistic) {
    List<Forecasted> byModel = new ArrayList<>();
    List<Forecasted> few = new ArrayList<>();
    List<Forecasted> many = new ArrayList<>();
    List<Forecasted> persistence = new ArrayList<>();
    List<Forecasted> byLogistic = new ArrayList<>();
    int unknown = 0;
    long nanos = 0;
    for (Prepared prepared : cases) {
      Case it = prepared.it();
      boolean outcome = it.after() < limit;
      OptionalDouble fewWeeks = share(it, FEW_WEEKS);
      OptionalDouble manyWeeks = share(it, MANY_WEEKS);
      long begun = System.nanoTime();
      Forecast made = forecast.apply(model, it);
      nanos += System.nanoTime() - begun;
      if (!(made instanceof Forecast.Likely likely)) {
        unknown++;
        continue;
      }
      if (prepared.features().isPresent() && fewWeeks.isPresent() && manyWeeks.isPresent()) {
        byModel.add(new Forecasted(likely.probability(), outcome));
        few.add(new Forecasted(fewWeeks.getAsDouble(), outcome));
        many.add(new Forecasted(manyWeeks.getAsDouble(), outcome));
        persistence.add(new Forecasted(it.inUse() < limit ? 1 : 0, outcome));
        byLogistic.add(new Forecasted(logistic.probability(prepared.features().get()), outcome));
      }
    }
    return new Outcomes(byModel, few, many, persistence, byLogistic, unknown, nanos);
  }

  private OptionalDouble share(Case it, int weeks) {
    return observations.mean(it.then(), it.now(), weeks, count -> count < limit ? 1 : 0);
  }
}
