package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.LevelRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A sensor on a machine.
public record Sensor(SensorId id, Behaviour behaviour, SourceConfig source, SensorTiming timing) {
  /// What readings of a sensor say about the use of its machine.
  public enum Model {
    /// The sensor is active for as long as somebody is there.
    LEVEL,
    /// The sensor is active now and then while somebody is there.
    PULSE,
    /// The sensor changes while somebody is there; it may rest in either state.
    EDGE
  }

  /// What a sensor detects. It determines how readings are interpreted, and the timing of a sensor
  /// whose floor plan gives none.
  public enum Behaviour {
    /// Any sensor that is active for as long as somebody is there.
    LEVEL(Model.LEVEL),
    /// Any sensor that is active now and then while somebody is there; needs a vacancy timeout.
    PULSE(Model.PULSE),
    /// A passive infrared or radar sensor: active when somebody moves.
    MOTION(Model.PULSE),
    /// A door or reed contact, or a seat switch, that is closed or open while somebody is there.
    CONTACT(Model.LEVEL),
    /// A reed contact or Hall sensor that a magnet passes at each turn of a wheel or pedal.
    ROTATION(Model.EDGE),
    /// A sensor that reports shocks.
    VIBRATION(Model.PULSE),
    /// The electric power that a machine draws.
    POWER(Model.LEVEL),
    /// A pressure mat or load cell.
    PRESSURE(Model.LEVEL);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final Model model;

    Behaviour(Model model) {
      this.model = model;
    }

    /// The name used in floor-plan files.
    public String wireName() {
      return wireName;
    }

    public Model model() {
      return model;
    }

    /// The timing of a sensor whose floor plan gives none.
    public SensorTiming timing() {
      SensorTiming none = SensorTiming.NONE;
      return switch (this) {
        case LEVEL, PULSE -> none;
        case MOTION ->
            none.withVacancyTimeout(Duration.ofMinutes(1)).withOffDelay(Duration.ofHours(1));
        case CONTACT -> none.withSettle(Duration.ofMillis(200));
        case ROTATION ->
            none.withMinimumOn(Duration.ofSeconds(2)).withVacancyTimeout(Duration.ofSeconds(30));
        case VIBRATION ->
            none.withVacancyTimeout(Duration.ofMinutes(2)).withOffDelay(Duration.ofMinutes(5));
        case POWER -> none.withMinimumOn(Duration.ofSeconds(5)).withHold(Duration.ofSeconds(10));
        case PRESSURE ->
            none.withSettle(Duration.ofMillis(300))
                .withMinimumOn(Duration.ofSeconds(2))
                .withHold(Duration.ofSeconds(5));
      };
    }

    public static Optional<Behaviour> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }

    /// All names, separated by commas, for messages.
    public static String wireNames() {
      return Arrays.stream(values()).map(Behaviour::wireName).collect(Collectors.joining(", "));
    }
  }

  public Sensor {
    boolean level = behaviour.model() == Model.LEVEL;
    if (level
        && source instanceof SourceConfig.Mqtt mqtt
        && !mqtt.mapping().level().rule().canBeInactive()
        && timing.offDelay().isEmpty()) {
      throw new IllegalArgumentException(
          "a %s sensor must be able to report inactive; give 'inactive' or 'offDelaySeconds'"
              .formatted(behaviour.wireName()));
    }
    if (!level && timing.vacancyTimeout().isZero()) {
      throw new IllegalArgumentException(
          "a %s sensor needs 'vacancySeconds' of more than 0".formatted(behaviour.wireName()));
    }
    if (!level && !timing.hold().isZero()) {
      throw new IllegalArgumentException(
          "'holdSeconds' has no effect on a %s sensor; give 'vacancySeconds'"
              .formatted(behaviour.wireName()));
    }
    if (level && !timing.vacancyTimeout().isZero()) {
      throw new IllegalArgumentException(
          "'vacancySeconds' has no effect on a %s sensor; give 'holdSeconds'"
              .formatted(behaviour.wireName()));
    }
    if (behaviour.model() == Model.EDGE
        && source instanceof SourceConfig.Mqtt mqtt
        && mqtt.mapping().level().rule() instanceof LevelRule.CounterRate) {
      throw new IllegalArgumentException(
          "a counter is active while it rises, so that a %s sensor would miss its turns; give 'level'"
              .formatted(behaviour.wireName()));
    }
    if (behaviour.model() != Model.PULSE && !timing.deviceHold().isZero()) {
      throw new IllegalArgumentException(
          "'deviceHoldSeconds' has no effect on a %s sensor; remove it"
              .formatted(behaviour.wireName()));
    }
    if (behaviour.model() == Model.EDGE && timing.offDelay().isPresent()) {
      throw new IllegalArgumentException(
          "'offDelaySeconds' has no effect on a %s sensor; give 'vacancySeconds'"
              .formatted(behaviour.wireName()));
    }
  }
}
