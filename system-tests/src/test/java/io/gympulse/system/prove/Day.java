package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A day of one gym and one machine, in seconds since its beginning, for tests of the judges.
final class Day {
  static final String GYM = "downtown";
  static final String MACHINE = "bike-1";
  static final Duration WAY = Duration.ofSeconds(10);
  static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");
  private static final UUID OUTBOX = UUID.fromString("00000000-0000-0000-0000-000000000001");

  private final List<Truth.Entry> entries = new ArrayList<>();
  private Instant now = START;
  final Disturbances disturbances = new Disturbances(() -> now);

  /// Known one second after it happened.
  Day event(long second, String status) {
    SeenEvent event = seen(entries.size() + 1L, second, status, "-");
    entries.add(new Truth.Entry(event, at(second), at(second + 1)));
    return this;
  }

  Day disturbed(long from, long to) {
    now = at(from);
    Disturbances.Disturbance disturbance = disturbances.begin(Optional.of(GYM));
    now = at(to);
    disturbances.end(disturbance);
    return this;
  }

  Truth truth() {
    return new Truth(Map.of(MACHINE, List.copyOf(entries)));
  }

  Expectations expectations() {
    return new Expectations(truth(), disturbances, new Slowdowns(), WAY, TOLERANCE);
  }

  static Shown shown(String status, long second) {
    return new Shown(MACHINE, status, at(second));
  }

  static SeenEvent seen(long seq, long second, String status, String reason) {
    return new SeenEvent(
        new EventName(OUTBOX, seq), Optional.of(at(second)), MACHINE, status, reason);
  }

  static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
