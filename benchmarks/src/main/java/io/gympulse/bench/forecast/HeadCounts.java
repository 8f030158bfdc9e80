package io.gympulse.bench.forecast;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.forecast.OccupancyHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A file of head counts: CSV with the columns `number_people` and `date` (`2015-08-14
/// 17:00:11-07:00`); other columns are ignored. Its local times are used as if they were UTC, so
/// that they need no zone; the hour that autumn repeats counts once.
///
/// @param counts by local time
/// @param places as many as the model has room for; larger counts are cut to it
record HeadCounts(NavigableMap<Instant, Integer> counts, int places) {
  private static final Duration TOLERANCE = Duration.ofSeconds(450);

  /// @param most bounds the model
  /// @throws IllegalArgumentException naming the line that cannot be read
  static HeadCounts read(Path file, int most) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = lines.isEmpty() ? List.of() : columns(lines.getFirst());
    int people = header.indexOf("number_people");
    int date = header.indexOf("date");
    if (people < 0 || date < 0) {
      throw new IllegalArgumentException(
          "%s: its first line lacks the columns number_people and date".formatted(file));
    }
    NavigableMap<Instant, Integer> counts = new TreeMap<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> row = columns(lines.get(i));
      try {
        Instant at = local(row.get(date));
        if (counts.isEmpty() || at.isAfter(counts.lastKey())) {
          counts.put(at, Math.min(most, Integer.parseInt(row.get(people))));
        }
      } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "%s: line %d is no head count: %s".formatted(file, i + 1, e.getMessage()), e);
      }
    }
    if (counts.isEmpty()) {
      throw new IllegalArgumentException("%s: no head count".formatted(file));
    }
    return new HeadCounts(counts, most);
  }

  private static List<String> columns(String line) {
    return Arrays.asList(line.split(",", -1));
  }

  private static Instant local(String date) {
    return OffsetDateTime.parse(date.replace(' ', 'T')).toLocalDateTime().toInstant(ZoneOffset.UTC);
  }

  /// The history as of a moment, in which people stay `stay` on average.
  OccupancyHistory history(Instant asOf, Duration stay) {
    OccupancyHistory history = OccupancyHistory.ofCounts(places, asOf);
    Observations observations = Observations.of(ZoneOffset.UTC, counts.headMap(asOf, true));
    Window last = Window.of(asOf);
    for (Window it = Window.of(counts.firstKey()); it.compareTo(last) < 0; it = it.next()) {
      Optional<Integer> count = count(observations, it.start());
      Optional<Integer> next = count(observations, it.end());
      if (count.isPresent() && next.isPresent()) {
        history.addCount(it, count.get(), next.get(), stay.toMinutes() / 60.0);
      }
    }
    return history;
  }

  private static Optional<Integer> count(Observations observations, Instant at) {
    return observations.nearest(at, TOLERANCE).map(observations::at);
  }

  Observations observations() {
    return Observations.of(ZoneOffset.UTC, counts);
  }
}
