package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.edge.sensing.ReceivedMessage;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import io.gympulse.edge.sensing.mqtt.PayloadReader.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One sensor: reads its messages, and counts them. Not thread-safe.
final class MqttSensor {
  private static final String CLEARED = "topic cleared";
  private static final String NO_VALUE = "it has no value of this sensor";
  // Differences of such times cannot overflow; a clock that was never set is not further off.
  private static final Duration FURTHEST_STAMP = Duration.ofDays(36_500);

  private final SensorId id;
  private final TopicFilter topic;
  private final PayloadReader reader;
  private final LevelState level;
  private final OldReadings oldReadings;
  private final boolean clearsByEmptyMessage;
  private final Housekeeping.RepeatFilter repeats;
  private final Function<Instant, Optional<Instant>> wall;
  private final SensorStats.Counter counter = new SensorStats.Counter();
  private final ReceivedMessage.History history = new ReceivedMessage.History();
  private final Availability availability;
  // Why the last reading of the present message does not count.
  private String ignoredBecause = NO_VALUE;
  private SensorClock clock = SensorClock.unknown();

  /// What a message leads to.
  ///
  /// @param inputs what it says of the sensor, in the order in which it happened
  /// @param defect why it, or a part of it, could not be read
  record Outcome(List<SensorInput> inputs, Optional<Defect> defect) {}

  /// @param source the sensor's
  /// @param wall the wall time of a moment on the timeline, while the wall clock is synchronised
  MqttSensor(Sensor sensor, SourceConfig.Mqtt source, Function<Instant, Optional<Instant>> wall) {
    this.id = sensor.id();
    this.topic = source.mapping().topic();
    this.reader = new PayloadReader(source.mapping());
    this.level = new LevelState(source.mapping().level().rule());
    this.oldReadings = new OldReadings(sensor, source);
    this.clearsByEmptyMessage = clearsByEmptyMessage(source);
    this.repeats = new Housekeeping.RepeatFilter(repeatsMatter(sensor, source));
    this.availability = new Availability(source.mapping());
    this.wall = wall;
  }

  /// Whether a repeated reading would count as a new pulse or prolong an activity. A measurement is
  /// a reading of its own, whatever else changed.
  private static boolean repeatsMatter(Sensor sensor, SourceConfig.Mqtt source) {
    return source.mapping().level().rule() instanceof LevelRule.Words
        && (sensor.behaviour().model() != Model.LEVEL || sensor.timing().offDelay().isPresent());
  }

  /// An empty message removes a retained one, unless the device itself sends it as a value or many
  /// devices share the topic.
  private static boolean clearsByEmptyMessage(SourceConfig.Mqtt source) {
    PayloadValues ignored = source.mapping().level().ignored();
    return !source.mapping().topic().hasWildcard()
        && (source.mapping().level().location() instanceof ValueLocation.InJson
            || !ignored.contains(""));
  }

  SensorId id() {
    return id;
  }

  /// Whether a topic has the sensor's readings.
  boolean reads(String topicName) {
    return topic.matches(topicName);
  }

  /// Reads a message of the sensor's topic. A reading shows that its device is available.
  ///
  /// @param arrival on the gateway's timeline
  Outcome read(MqttMessage message, Instant arrival) {
    if (message.isEmpty() && clearsByEmptyMessage) {
      counter.ignored(arrival);
      history.add(arrival, message.payload(), CLEARED);
      return new Outcome(unknown(arrival, CLEARED), Optional.empty());
    }
    ignoredBecause = NO_VALUE;
    List<SensorInput> inputs = new ArrayList<>();
    Optional<Defect> defect = Optional.empty();
    for (ReadResult<Statement> it : reader.read(message)) {
      switch (it.then(stated -> input(stated, message.isRetained(), arrival))) {
        case ReadResult.Value<SensorInput>(SensorInput input) -> inputs.add(input);
        case ReadResult.Nothing<SensorInput> _ -> {}
        case ReadResult.Malformed<SensorInput>(Defect found) -> defect = Optional.of(found);
      }
    }
    oldReadings.messageEnded();
    if (defect.isPresent() && availability.isReportedBy(message)) {
      defect = Optional.empty();
    }
    count(message, inputs, defect, arrival);
    history.add(arrival, message.payload(), reading(inputs, defect));
    return new Outcome(inputs, defect);
  }

  /// What was made of a message, in words.
  private String reading(List<SensorInput> inputs, Optional<Defect> defect) {
    if (inputs.isEmpty()) {
      return defect.map("malformed: %s"::formatted).orElse("ignored: " + ignoredBecause);
    }
    return switch (inputs.getLast()) {
      case SensorInput.Reading it -> it.active() ? "active" : "inactive";
      case SensorInput.Unavailable it -> "unavailable: " + it.reason();
      case SensorInput.SourceUp _, SensorInput.SourceDown _, SensorInput.Overflow _ -> "";
    };
  }

  private void count(
      MqttMessage message, List<SensorInput> inputs, Optional<Defect> defect, Instant arrival) {
    inputs.forEach(_ -> counter.read(arrival));
    defect.ifPresent(it -> malformed(it, arrival));
    if (inputs.isEmpty()) {
      reader.otherNames(message).forEach(counter::seen);
      if (defect.isEmpty()) {
        counter.ignored(arrival);
      }
    }
  }

  /// Counts a message that could not be read.
  void malformed(Defect defect, Instant arrival) {
    counter.malformed(arrival, defect.toString());
  }

  SensorStats stats() {
    return counter.stats();
  }

  List<ReceivedMessage> messages() {
    return history.messages();
  }

  private ReadResult<SensorInput> input(Statement stated, boolean retained, Instant arrival) {
    return switch (stated) {
      case Statement.Unavailable(String word) -> {
        counter.value(word);
        ignoredBecause = "it reports '%s' again".formatted(word);
        yield unknown(arrival, "it reports '%s'".formatted(word)).stream()
            .findFirst()
            .map(ReadResult::value)
            .orElseGet(ReadResult::nothing);
      }
      case Statement.Level it -> {
        counter.value(it.value().text());
        yield reading(it, retained, arrival);
      }
    };
  }

  private ReadResult<SensorInput> reading(
      Statement.Level stated, boolean retained, Instant arrival) {
    boolean aboutDevice = repeats.isAboutDevice(stated.value().text(), stated.housekeeping());
    availability.ownTopicHasReading();
    Optional<Duration> age =
        stated
            .timestamp()
            .flatMap(time -> wall.apply(arrival).map(now -> Duration.between(time, now)));
    boolean old = oldReadings.isOld(stated.timestamp(), age, retained, arrival);
    if (old && (oldReadings.areOutdated() || (retained && availability.isUnavailable()))) {
      ignoredBecause = "it is older than what is known";
      return ReadResult.nothing();
    }
    boolean over = old && oldReadings.isOver(age);
    ignoredBecause =
        aboutDevice
            ? "it repeats the last reading, and something else in it has changed"
            : "a counter needs two values";
    return level
        .of(stated.value(), stated.timestamp(), arrival)
        .then(
            active ->
                active && aboutDevice
                    ? ReadResult.nothing()
                    : reading(active && !over, stated.timestamp(), age, arrival));
  }

  private ReadResult<SensorInput> reading(
      boolean active, Optional<Instant> timestamp, Optional<Duration> age, Instant arrival) {
    Optional<SensorClock.Dated> dated = clock.date(active, timestamp, arrival, wall);
    if (dated.isEmpty()) {
      ignoredBecause = "its time is not after that of the last reading";
      return ReadResult.nothing();
    }
    clock = dated.get().next();
    availability.hasReading();
    Instant at = dated.get().at();
    Optional<Instant> stampedAt =
        age.filter(it -> it.abs().compareTo(FURTHEST_STAMP) <= 0).map(arrival::minus);
    return ReadResult.value(new SensorInput.Reading(id, active, at, stampedAt.orElse(at)));
  }

  /// The report that nothing is known of the sensor until its next reading; none if that has been
  /// reported.
  private List<SensorInput> unknown(Instant at, String reason) {
    boolean changed = availability.ownTopicHasNone(reason);
    resetLevel();
    return changed ? List.of(new SensorInput.Unavailable(id, at, reason)) : List.of();
  }

  /// Handles a report that the device is unavailable.
  ///
  /// @param by the topic of the report
  /// @return whether it has to be reported
  boolean unavailable(String by, String reason) {
    boolean changed = availability.unavailable(by, reason);
    resetLevel();
    return changed;
  }

  /// Handles a report that the device is available.
  ///
  /// @return whether no topic reports it as unavailable any more
  boolean available(String by) {
    return availability.available(by);
  }

  /// Handles a device or bridge that has just come online.
  void cameOnline(String by, Instant at) {
    oldReadings.cameOnline(by, at);
  }

  boolean isUnavailable() {
    return availability.isUnavailable();
  }

  /// Why the sensor is unavailable.
  String unavailabilityReason() {
    return availability.reason();
  }

  /// Handles the loss of the connection. If the device is then reported as unavailable again, that
  /// has to be reported again, since a status of the source makes no difference between sensors.
  void disconnected() {
    availability.disconnected();
    clock = SensorClock.unknown();
  }

  /// So that the next reading counts even if it repeats the last one.
  private void resetLevel() {
    level.reset();
    clock = SensorClock.unknown();
    repeats.reset();
  }
}
