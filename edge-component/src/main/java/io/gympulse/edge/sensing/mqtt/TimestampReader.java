package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.PayloadValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/// Reads the time of a reading by the sensor's own clock. Immutable.
final class TimestampReader {
  private static final long LATEST_SECONDS = 100_000_000_000L;
  private static final BigDecimal LATEST_MILLIS =
      BigDecimal.valueOf(LATEST_SECONDS).movePointRight(3);
  private static final DateTimeFormatter ISO_8601 =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  private final JsonPointer pointer;
  private final TimestampMapping.Unit unit;

  TimestampReader(TimestampMapping mapping) {
    this.pointer = JsonPointer.compile(mapping.pointer().text());
    this.unit = mapping.unit();
  }

  Optional<Instant> read(JsonNode root) {
    JsonNode found = root.at(pointer);
    if (found.isMissingNode() || found.isNull()) {
      return Optional.empty();
    }
    String text = found.asText();
    return switch (unit) {
      case ISO_8601 -> iso(text);
      case SECONDS -> number(text, 3);
      case MILLISECONDS -> number(text, 0);
      case ISO_8601_OR_MILLISECONDS -> found.isNumber() ? number(text, 0) : iso(text);
    };
  }

  private static Optional<Instant> iso(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text, ISO_8601).toInstant())
          .filter(TimestampReader::isUsable);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Whether the time is so near that differences of times cannot overflow.
  private static boolean isUsable(Instant time) {
    return Math.abs(time.getEpochSecond()) <= LATEST_SECONDS;
  }

  private static Optional<Instant> number(String text, int decimals) {
    if (!PayloadValues.isNumber(text)) {
      return Optional.empty();
    }
    BigDecimal millis = new BigDecimal(text).movePointRight(decimals);
    return millis.abs().compareTo(LATEST_MILLIS) > 0
        ? Optional.empty()
        : Optional.of(
            Instant.ofEpochMilli(millis.setScale(0, RoundingMode.HALF_UP).longValueExact()));
  }
}
