package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SensorReport;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One sensor and what is known of it since the start. Not thread-safe.
final class LanSensor {
  private final SensorId id;
  private final boolean lastWordHolds;
  private final PayloadReader reader;
  private final Function<Instant, Optional<Instant>> wall;
  private final Set<String> awayBy = new HashSet<>();
  private boolean absenceTold;
  private SensorClock clock = SensorClock.unknown();
  private Optional<Instant> lastSeen = Optional.empty();
  private long readings;
  private long ignored;
  private long malformed;
  private long mistimed;

  /// @param source the sensor's
  /// @param wall what the wall clock shows at a moment of the time line, if it is right
  LanSensor(Sensor sensor, SensorSource.Mqtt source, Function<Instant, Optional<Instant>> wall) {
    this.id = sensor.id();
    this.lastWordHolds = sensor.behaviour() == SensorBehaviour.LEVEL || source.tellsEnd();
    this.reader = new PayloadReader(source.mapping());
    this.wall = wall;
  }

  SensorId id() {
    return id;
  }

  /// What comes of a message.
  sealed interface Outcome {
    record News(SensorReading reading) implements Outcome {}

    record NoNews() implements Outcome {}

    record Unreadable(Payload.Fault fault) implements Outcome {}
  }

  Outcome take(Message message, Instant arrival) {
    return switch (reader.read(message)) {
      case Payload.Malformed it -> malformed(it.fault());
      case Payload.Other _ -> {
        seen(message, arrival);
        yield ignored();
      }
      case Payload.Level it -> {
        seen(message, arrival);
        yield message.isRetained() && isOfThePast() ? ignored() : taken(it, message, arrival);
      }
    };
  }

  /// A pulse that was kept is none, unless the sensor would have said that it ended; and what was
  /// kept holds no more once the device is away.
  private boolean isOfThePast() {
    return !lastWordHolds || isAway();
  }

  private Outcome taken(Payload.Level level, Message message, Instant arrival) {
    return switch (clock.judge(level, arrival, wall, message.isRetained())) {
      case SensorClock.Verdict.Stale _ -> ignored();
      case SensorClock.Verdict.Taken it -> {
        clock = it.next();
        awayBy.clear();
        readings++;
        mistimed += it.mistimed() ? 1 : 0;
        yield new Outcome.News(new SensorReading(id, level.active(), it.at()));
      }
    };
  }

  private void seen(Message message, Instant arrival) {
    if (!message.isRetained() && !message.isEmpty()) {
      lastSeen = Optional.of(arrival);
    }
  }

  private Outcome ignored() {
    ignored++;
    return new Outcome.NoNews();
  }

  Outcome malformed(Payload.Fault fault) {
    malformed++;
    return new Outcome.Unreadable(fault);
  }

  /// @return whether that is news: nothing is known of the sensor from now on
  boolean away(String saidOn) {
    boolean news = awayBy.isEmpty() || !absenceTold;
    awayBy.add(saidOn);
    absenceTold = true;
    forget();
    return news;
  }

  /// @return whether that is news: nothing says any more that the device is away
  boolean back(String saidOn) {
    return awayBy.remove(saidOn) && awayBy.isEmpty();
  }

  boolean isAway() {
    return !awayBy.isEmpty();
  }

  /// No message can arrive until there is a new connection. That the device is away is news when it
  /// is said again: whoever hears of the connection cannot tell one sensor from another.
  void cutOff() {
    absenceTold = false;
    forget();
  }

  /// What was read before is not known any more, so that the same again is news.
  private void forget() {
    clock = SensorClock.unknown();
  }

  SensorReport report() {
    return new SensorReport(readings, ignored, malformed, mistimed, !isAway(), lastSeen);
  }
}
