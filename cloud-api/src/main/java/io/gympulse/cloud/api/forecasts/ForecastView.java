package io.gympulse.cloud.api.forecasts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.CategoryModel.State;
import io.gympulse.cloud.core.forecast.Forecast;
import io.gympulse.cloud.core.forecast.Forecast.FreeMachines;
import io.gympulse.cloud.core.forecast.Forecast.Likely;
import io.gympulse.cloud.core.forecast.Forecast.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A forecast as REST shows it. What is not known is null. Probabilities are rounded to four
/// decimals.
///
/// @param at the time that is forecast
/// @param probability that the machine is free then, or at least one known machine of the category
/// @param interval of 80 % for the probability itself
/// @param basis `model`, `slot_average` or `none`
/// @param reason why there is none: `status_unknown`, `too_little_data` or `model_outdated`
/// @param machines of the category
/// @param known how many of them have a known status now
/// @param free how many are free then with a probability of 80 %; only of a category
/// @param meanWaitSeconds until one is free for who comes then, if nobody else waits; only of a
///     category
/// @param fittedAt nothing after it is in the model
public record ForecastView(
    Instant at,
    Optional<Double> probability,
    Optional<IntervalView> interval,
    String basis,
    Optional<String> reason,
    int machines,
    int known,
    Optional<FreeMachines> free,
    Optional<Long> meanWaitSeconds,
    Optional<Instant> fittedAt) {
  private static final double DECIMALS = 10_000;

  /// An interval of probabilities.
  public record IntervalView(double low, double high) {}

  /// `GET /branches/{id}/categories/{category}/forecast`, in one JSON object.
  public record OfCategory(String gymId, String category, @JsonUnwrapped ForecastView forecast) {}

  /// `GET /machines/{id}/forecast`, in one JSON object.
  public record OfMachine(
      String machineId, String gymId, String category, @JsonUnwrapped ForecastView forecast) {}

  static ForecastView of(
      Forecast forecast, State state, int machines, Duration ahead, Optional<CategoryModel> model) {
    Instant at = state.now().plus(ahead);
    return switch (forecast) {
      case Likely likely ->
          new ForecastView(
              at,
              Optional.of(rounded(likely.probability())),
              Optional.of(new IntervalView(rounded(likely.low()), rounded(likely.high()))),
              likely.basis().wireName(),
              Optional.empty(),
              machines,
              state.known(),
              likely.free(),
              likely.meanWait().map(Duration::toSeconds),
              model.map(CategoryModel::fittedAt));
      case Unknown unknown ->
          new ForecastView(
              at,
              Optional.empty(),
              Optional.empty(),
              "none",
              Optional.of(unknown.reason().wireName()),
              machines,
              state.known(),
              Optional.empty(),
              Optional.empty(),
              model.map(CategoryModel::fittedAt));
    };
  }

  private static double rounded(double probability) {
    return Math.round(probability * DECIMALS) / DECIMALS;
  }
}
