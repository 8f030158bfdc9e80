package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.LevelRule.CounterRate;
import io.gympulse.contract.mqtt.LevelRule.Thresholds;
import io.gympulse.contract.mqtt.LevelRule.Words;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import io.gympulse.edge.sensing.mqtt.ValueReader.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides whether a sensor's value means active, by the rule of its mapping. Limits and counters
/// need what came before: the last level and the last count. Not thread-safe.
final class LevelState {
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final LevelRule rule;
  private Optional<Boolean> level = Optional.empty();
  private Optional<Count> last = Optional.empty();

  /// @param stamp by the sensor's own clock
  private record Count(double number, Instant arrival, Optional<Instant> stamp) {

    /// By the sensor's clock if it has stamped both.
    Duration since(Count earlier) {
      return stamp.isPresent() && earlier.stamp.isPresent()
          ? Duration.between(earlier.stamp.get(), stamp.get())
          : Duration.between(earlier.arrival, arrival);
    }
  }

  LevelState(LevelRule rule) {
    this.rule = rule;
  }

  /// The level that a value states. A number between two limits states the level that was there
  /// before, at first inactive. Nothing if it is a counter's first value, or the first since it
  /// began anew: a rate needs two.
  ///
  /// @param stamp when, by the sensor's own clock
  ReadResult<Boolean> of(Scalar value, Optional<Instant> stamp, Instant arrival) {
    return switch (rule) {
      case Words it ->
          it.active(value.text(), value.isNumber())
              .map(ReadResult::value)
              .orElseGet(() -> ReadResult.malformed(Defect.UNKNOWN_VALUE));
      case Thresholds it ->
          number(value)
              .then(
                  number -> {
                    level = it.active(number).or(() -> level).or(() -> Optional.of(false));
                    return level();
                  });
      case CounterRate it ->
          number(value).then(number -> level(it, new Count(number, arrival, stamp)));
    };
  }

  private static ReadResult<Double> number(Scalar value) {
    if (!value.isNumber()) {
      return ReadResult.malformed(Defect.NOT_A_NUMBER);
    }
    double number = Double.parseDouble(value.text());
    return Double.isFinite(number)
        ? ReadResult.value(number)
        : ReadResult.malformed(Defect.NOT_A_NUMBER);
  }

  /// Counts that follow each other faster than the rate is high are added up, as one alone would
  /// seem to be a high rate.
  private ReadResult<Boolean> level(CounterRate rate, Count now) {
    Optional<Count> before = last.filter(it -> it.number() <= now.number());
    double minutes = before.map(it -> now.since(it).toMillis() / MILLIS_PER_MINUTE).orElse(-1.0);
    if (before.isEmpty() || minutes < 0) {
      last = Optional.of(now);
      return ReadResult.nothing();
    }
    if (minutes * rate.perMinute() >= 1) {
      level = Optional.of(now.number() - before.get().number() >= rate.perMinute() * minutes);
      last = Optional.of(now);
    }
    return level();
  }

  private ReadResult<Boolean> level() {
    return level.map(ReadResult::value).orElseGet(ReadResult::nothing);
  }

  /// Forgets the last level, when nothing is known of the sensor any more.
  void reset() {
    level = Optional.empty();
  }
}
