package io.gympulse.cloud.api.aggregates;

import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.core.aggregate.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The parameters `from` and `to` of a request: `[from, to)`. Without them it is the last day.
record TimeRange(Instant from, Instant to) {
  private static final Duration DEFAULT = Duration.ofDays(1);

  /// @param longest the range that is answered at most
  /// @throws ApiException 400 naming the parameter
  static TimeRange of(Optional<String> from, Optional<String> to, Instant now, Duration longest) {
    Instant end = to.map(it -> RequestField.time("to", it)).orElse(now);
    Instant begin = from.map(it -> RequestField.time("from", it)).orElse(end.minus(DEFAULT));
    if (!begin.isBefore(end)) {
      throw ApiException.invalidField(
          RequestLocation.parameter("from"), "%s is not before %s.".formatted(begin, end));
    }
    if (Duration.between(begin, end).compareTo(longest) > 0) {
      throw ApiException.invalidField(
          RequestLocation.parameter("from"),
          "The time range may be at most %d days.".formatted(longest.toDays()));
    }
    return new TimeRange(begin, end);
  }

  /// The windows that share a moment with it; never empty.
  List<Window> windows() {
    return Window.touching(from, to);
  }
}
