package io.gympulse.edge.status;

import io.gympulse.edge.status.GatewayStatus.SensorStatus;
import io.gympulse.edge.status.GatewayStatus.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Shows a [GatewayStatus] as lines of text: a line per source, a heading, a line per sensor.
/// Control characters in what devices sent are replaced, as they could act on a terminal.
public final class SensorTable {
  private static final List<String> HEADING =
      List.of(
          "SENSOR", "MACHINE", "VERDICT", "FOR", "LAST", "VALUE", "READ", "IGNORED", "MALFORMED");
  private static final int FIRST_NUMBER = HEADING.indexOf("READ");
  private static final int MAX_VALUE_CHARS = 16;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private SensorTable() {}

  /// @param now to which ages refer; empty if ages are left out, so that a line differs from the
  ///     one before only if something has happened
  private static List<String> cells(SensorStatus sensor, Optional<Instant> now) {
    return List.of(
        sensor.sensor().value(),
        sensor.machine().value(),
        sensor.verdict(),
        now.map(it -> age(sensor.since(), it)).orElse(sensor.since().toString()),
        sensor
            .lastMessageAt()
            .map(at -> now.map(it -> age(at, it) + " ago").orElse(at.toString()))
            .orElse("never"),
        sensor.lastValue().map(SensorTable::shortened).orElse("-"),
        Long.toString(sensor.read()),
        Long.toString(sensor.ignored()),
        Long.toString(sensor.malformed()));
  }

  /// The whole table.
  public static List<String> lines(GatewayStatus status) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADING));
    status.sensors().forEach(it -> rows.add(cells(it, Optional.of(status.at()))));
    int[] widths =
        IntStream.range(0, HEADING.size())
            .map(column -> rows.stream().mapToInt(it -> it.get(column).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add("gateway %s of gym %s".formatted(status.address().gateway(), status.address().gym()));
    status.sources().forEach(it -> lines.add(line(it)));
    for (int i = 0; i < rows.size(); i++) {
      String note = i == 0 ? "REASON, HINTS" : notes(status.sensors().get(i - 1));
      lines.add((padded(rows.get(i), widths) + "  " + note).stripTrailing());
    }
    return lines;
  }

  private static String padded(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(
            it -> (it < FIRST_NUMBER ? "%-" : "%").concat(widths[it] + "s").formatted(row.get(it)))
        .collect(Collectors.joining("  "));
  }

  /// One line with `key=value` pairs that a program can search.
  public static String line(SensorStatus sensor) {
    List<String> cells = cells(sensor, Optional.empty());
    String notes = notes(sensor);
    String[] keys = {
      "sensor", "machine", "verdict", "since", "last", "value", "read", "ignored", "malformed"
    };
    return IntStream.range(0, keys.length)
            .mapToObj(it -> keys[it] + "=" + cells.get(it))
            .collect(Collectors.joining(" "))
        + (notes.isEmpty() ? "" : " note=\"" + notes + "\"");
  }

  public static String line(Source source) {
    return "source %s: %s%s"
        .formatted(
            source.name(),
            source.status(),
            source.reason().isEmpty() ? "" : ", " + printable(source.reason()));
  }

  private static String notes(SensorStatus sensor) {
    return printable(
        Stream.concat(Stream.of(sensor.reason()), sensor.hints().stream())
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining("; ")));
  }

  private static String shortened(String value) {
    String shown = printable(value);
    return shown.length() <= MAX_VALUE_CHARS
        ? shown
        : shown.substring(0, MAX_VALUE_CHARS - 3) + "...";
  }

  private static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  /// In the two largest units: `3d 4h`, `12m 5s`.
  private static String age(Instant at, Instant now) {
    long seconds = Math.max(0, Duration.between(at, now).toSeconds());
    long[] counts = {seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60};
    String[] units = {"d", "h", "m", "s"};
    int first = 0;
    while (first < 3 && counts[first] == 0) {
      first++;
    }
    StringBuilder age = new StringBuilder().append(counts[first]).append(units[first]);
    if (first + 1 < units.length) {
      age.append(' ').append(counts[first + 1]).append(units[first + 1]);
    }
    return age.toString();
  }
}
