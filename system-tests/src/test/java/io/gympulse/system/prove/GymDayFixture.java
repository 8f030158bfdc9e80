package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The recorded events and disruptions of one gym with one machine, for tests of the checks.
/// Times are seconds since the start of the day.
final class GymDayFixture {
  static final String GYM = "downtown";
  static final String MACHINE = "bike-1";
  static final Duration DELIVERY_TIME = Duration.ofSeconds(10);
  static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");
  private static final UUID OUTBOX = UUID.fromString("00000000-0000-0000-0000-000000000001");

  private final List<RecordedHistory.Entry> entries = new ArrayList<>();
  private Instant now = START;
  final Disruptions disruptions = new Disruptions(() -> now);

  /// Adds an event that the gateway detects one second later.
  GymDayFixture event(long second, String status) {
    ObservedEvent event = observed(entries.size() + 1L, second, status, "-");
    entries.add(new RecordedHistory.Entry(event, at(second), at(second + 1)));
    return this;
  }

  GymDayFixture disrupted(long from, long to) {
    now = at(from);
    Disruptions.Disruption disruption = disruptions.begin(Optional.of(GYM));
    now = at(to);
    disruptions.end(disruption);
    return this;
  }

  static CloudDowntimes cloudAlwaysUp() {
    return new CloudDowntimes(List.of(), TOLERANCE);
  }

  static CloudDowntimes cloudDown(long from, long to) {
    return new CloudDowntimes(List.of(new CloudDowntimes.Period(at(from), at(to))), TOLERANCE);
  }

  RecordedHistory history() {
    return new RecordedHistory(Map.of(MACHINE, List.copyOf(entries)));
  }

  Expectations expectations() {
    return new Expectations(history(), disruptions, new Slowdowns(), DELIVERY_TIME, TOLERANCE);
  }

  static Expectations.ShownState state(String status, long second) {
    return new Expectations.ShownState(MACHINE, status, at(second));
  }

  static ObservedEvent observed(long seq, long second, String status, String reason) {
    return new ObservedEvent(
        new ObservedEvent.Id(OUTBOX, seq), Optional.of(at(second)), MACHINE, status, reason);
  }

  static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
