package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.forecast.Calibration.Range;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The answer to "will it be free then?".
public sealed interface Forecast {
  /// A probability of being free.
  ///
  /// @param probability 0 to 1
  /// @param low with `high` the interval of 80 % for the probability itself, from the number of
  ///     days behind it
  /// @param meanWait how long someone who comes then waits on average until a machine of the
  ///     category is free, if nobody else waits; empty for one machine, and without a model
  /// @param free how many machines of the category are free then, with a probability of 80 %;
  ///     empty for one machine, and without a model
  record Likely(
      double probability,
      double low,
      double high,
      Basis basis,
      Optional<Duration> meanWait,
      Optional<FreeMachines> free)
      implements Forecast {
    static Likely ofModel(Range range) {
      return new Likely(
          range.probability(),
          range.low(),
          range.high(),
          Basis.MODEL,
          Optional.empty(),
          Optional.empty());
    }

    Likely with(Duration waiting, FreeMachines machines) {
      return new Likely(probability, low, high, basis, Optional.of(waiting), Optional.of(machines));
    }
  }

  /// No forecast, and why.
  record Unknown(Reason reason) implements Forecast {}

  /// A number of machines between two, both included.
  record FreeMachines(int low, int high) {}

  /// What a probability is based on.
  enum Basis {
    /// The category's Markov model, now and the last half hour.
    MODEL,

    /// How often at least one machine was free in this slot of the week: for lack of data.
    SLOT_AVERAGE;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Why there is no forecast.
  enum Reason {
    /// The machine's status, or that of all machines of the category, is not known now.
    STATUS_UNKNOWN,

    /// No model was fitted yet, or its history has nothing about this time of the week.
    TOO_LITTLE_DATA,

    /// The last model is too old to be used.
    MODEL_OUTDATED;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
