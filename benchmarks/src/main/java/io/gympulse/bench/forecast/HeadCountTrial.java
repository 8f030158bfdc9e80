package io.gympulse.bench.forecast;

import io.gympulse.bench.forecast.Observations.Case;
import io.gympulse.bench.forecast.Trial.Outcomes;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.CategoryModel.State;
import io.gympulse.cloud.core.forecast.Forecast;
import io.gympulse.cloud.core.forecast.Forecaster;
import io.gympulse.cloud.core.forecast.ModelFitting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// A file of head counts, with people as machines in use of a category that has room for all.
///
/// @param from the first forecast, in the file's local time
record HeadCountTrial(HeadCounts file, int threshold, Duration stay, Instant from) {
  private static final int PLACES = CategoryModel.MOST_MACHINES;
  private static final double TRAINED = 0.7;

  /// @param testFrom the first day to forecast; if empty, the last 30 % of the counts
  static HeadCountTrial of(Path csv, int threshold, int stayMinutes, Optional<LocalDate> testFrom)
      throws IOException {
    HeadCounts file = HeadCounts.read(csv, PLACES);
    List<Instant> times = List.copyOf(file.counts().keySet());
    Instant from =
        testFrom
            .map(it -> it.atStartOfDay().toInstant(ZoneOffset.UTC))
            .orElseGet(() -> times.get((int) (times.size() * TRAINED)));
    return new HeadCountTrial(file, threshold, Duration.ofMinutes(stayMinutes), from);
  }

  int counts() {
    return file.counts().size();
  }

  Outcomes run() {
    ModelFitting fitting = new ModelFitting(ZoneOffset.UTC, threshold, List.of(30));
    return new Trial("head count", file.observations(), threshold, HeadCountTrial::forecast)
        .run(from, asOf -> fitting.fit(file.history(asOf, stay)));
  }

  private static Forecast forecast(CategoryModel model, Case it) {
    State state =
        new State(it.now(), PLACES, it.inUse(), Optional.of((double) it.before() / PLACES));
    return Forecaster.category(Optional.of(model), state, Duration.between(it.now(), it.then()));
  }
}
