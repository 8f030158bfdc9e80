package io.gympulse.contract.mqtt;

import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How the MQTT messages of one sensor are read.
///
/// @param topic on which the device publishes its readings
/// @param selection which of its messages are about the sensor
/// @param timestamp where a reading has its time
/// @param availability the device is online only if all of them report so; empty if nothing reports
///     it
public record MqttMapping(
    TopicFilter topic,
    Selection selection,
    LevelMapping level,
    Optional<TimestampMapping> timestamp,
    List<AvailabilityMapping> availability) {

  /// Where a payload holds the sensor's level, and what its values mean.
  ///
  /// @param missing how a payload without a value there is treated
  /// @param ignored values that say nothing about the level
  /// @param unavailable values by which the device, or the bridge between it and the broker, says
  ///     that it does not know the level
  public record LevelMapping(
      ValueLocation location,
      MissingValue missing,
      LevelRule rule,
      PayloadValues ignored,
      PayloadValues unavailable) {

    /// @throws IllegalArgumentException if the payload is plain text and `missing` is
    ///     [MissingValue#IGNORED], or a value has two meanings
    public LevelMapping {
      if (location instanceof ValueLocation.WholeText && missing == MissingValue.IGNORED) {
        throw new IllegalArgumentException(
            "a value can be missing from JSON only; remove 'missing' or give 'pointer'");
      }
      ignored.requireApartFrom(unavailable, "ignored and unavailable");
      if (rule instanceof LevelRule.Words words) {
        for (PayloadValues level : List.of(words.active(), words.inactive())) {
          level.requireApartFrom(ignored, "a level and ignored");
          level.requireApartFrom(unavailable, "a level and unavailable");
        }
      }
    }
  }

  /// How a valid JSON object without the value, or with null there, is treated.
  public enum MissingValue {
    /// As a message about something else, such as the state of a battery.
    IGNORED,
    /// As an error.
    MALFORMED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The name used in floor-plan files.
    public String wireName() {
      return wireName;
    }

    public static Optional<MissingValue> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }

  /// Where a payload holds the time of the reading, by the sensor's own clock.
  public record TimestampMapping(PayloadPointer pointer, Unit unit) {

    /// @throws IllegalArgumentException if the pointer is to the whole payload
    public TimestampMapping {
      if (pointer.text().isEmpty()) {
        throw new IllegalArgumentException(
            "the whole payload is not a time; point to a field of it");
      }
    }

    /// The format of the time.
    public enum Unit {
      /// A text with an offset: `2026-03-01T18:00:00+01:00` or `2026-03-01T17:00:00Z`.
      ISO_8601("iso-8601"),
      /// A number since 1970, fractions allowed.
      SECONDS("seconds"),
      /// A number since 1970.
      MILLISECONDS("milliseconds"),
      /// Either of the two: Zigbee2MQTT writes what its setting `last_seen` says.
      ISO_8601_OR_MILLISECONDS("iso-8601-or-milliseconds");

      private final String wireName;

      Unit(String wireName) {
        this.wireName = wireName;
      }

      /// The name used in floor-plan files.
      public String wireName() {
        return wireName;
      }

      public static Optional<Unit> ofWireName(String wireName) {
        return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
      }
    }
  }

  /// How a device, or the bridge between it and the broker, reports whether it is online.
  ///
  /// @param topic of the one device or bridge: no wildcards
  public record AvailabilityMapping(
      TopicFilter topic, ValueLocation location, PayloadValues online, PayloadValues offline) {

    /// @throws IllegalArgumentException if the topic has a wildcard, or the texts contradict
    ///     each other
    public AvailabilityMapping {
      if (topic.hasWildcard()) {
        throw new IllegalArgumentException(
            "availability topic '%s' has a wildcard; give the topic of one device"
                .formatted(topic));
      }
      if (online.isEmpty() || offline.isEmpty()) {
        throw new IllegalArgumentException("give both 'online' and 'offline'");
      }
      online.requireApartFrom(offline, "online and offline");
    }
  }

  /// @throws IllegalArgumentException if the parts are inconsistent
  public MqttMapping {
    availability = List.copyOf(availability);
    if (selection.needsJson() && level.location() instanceof ValueLocation.WholeText) {
      throw new IllegalArgumentException(
          "'where' and 'each' look into JSON, but the payload is plain text; remove them or give"
              + " 'pointer'");
    }
    if (timestamp.isPresent() && level.location() instanceof ValueLocation.WholeText) {
      throw new IllegalArgumentException(
          "a timestamp is read from JSON, but the payload is plain text; remove 'timestamp' or give"
              + " 'pointer'");
    }
    Set<TopicFilter> topics = new HashSet<>();
    for (AvailabilityMapping it : availability) {
      if (!topics.add(it.topic())) {
        throw new IllegalArgumentException(
            "availability topic '%s' appears twice; remove one".formatted(it.topic()));
      }
      if (topic.matches(it.topic().text())) {
        requireDistinct(topic, level, it);
      }
    }
  }

  /// A topic may have both readings and reports of availability if no message is both.
  private static void requireDistinct(
      TopicFilter topic, LevelMapping level, AvailabilityMapping availability) {
    if (topic.hasWildcard()) {
      throw new IllegalArgumentException(
          ("topic '%s' also matches the availability topic '%s', which holds no reading; narrow"
                  + " 'topic'")
              .formatted(topic, availability.topic()));
    }
    if (availability.location().equals(level.location())
        && level.rule() instanceof LevelRule.Words words) {
      for (PayloadValues it : List.of(words.active(), words.inactive())) {
        it.requireApartFrom(availability.online(), "a level and online");
        it.requireApartFrom(availability.offline(), "a level and offline");
      }
    }
  }
}
