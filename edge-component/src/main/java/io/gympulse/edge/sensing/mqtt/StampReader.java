package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.mqtt.Texts;
import io.gympulse.contract.mqtt.TimestampMapping;
import io.gympulse.edge.sensing.mqtt.Payload.Stamp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/// Reads a sensor's own time from JSON, in whole milliseconds. Immutable.
final class StampReader {
  private static final BigDecimal LATEST = BigDecimal.valueOf(1e14);
  private static final DateTimeFormatter ISO_8601 =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  private final JsonPointer pointer;
  private final TimestampMapping.Unit unit;

  StampReader(TimestampMapping mapping) {
    this.pointer = JsonPointer.compile(mapping.pointer().text());
    this.unit = mapping.unit();
  }

  Stamp read(JsonNode root) {
    JsonNode found = root.at(pointer);
    if (found.isMissingNode() || found.isNull()) {
      return new Stamp.None();
    }
    String text = found.asText();
    return switch (unit) {
      case ISO_8601 -> iso(text);
      case SECONDS -> number(text, 3);
      case MILLISECONDS -> number(text, 0);
    };
  }

  private static Stamp iso(String text) {
    try {
      return new Stamp.At(OffsetDateTime.parse(text, ISO_8601).toInstant());
    } catch (DateTimeException e) {
      return new Stamp.Unreadable();
    }
  }

  private static Stamp number(String text, int decimals) {
    if (!Texts.isNumber(text)) {
      return new Stamp.Unreadable();
    }
    BigDecimal millis = new BigDecimal(text).movePointRight(decimals);
    return millis.abs().compareTo(LATEST) > 0
        ? new Stamp.Unreadable()
        : new Stamp.At(
            Instant.ofEpochMilli(millis.setScale(0, RoundingMode.HALF_UP).longValueExact()));
  }
}
