package io.gympulse.cloud.core.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// How long events can be read. Readers do not see expired events that are not removed yet.
///
/// @param clock empty if everything that is stored can be read, as audits need
public record Retention(Optional<InstantSource> clock) {
  /// How long an event is kept at least, and can be read at most.
  public static final Duration EVENTS = Duration.ofDays(30);

  /// Nothing expires.
  public static final Retention UNLIMITED = new Retention(Optional.empty());

  public static Retention by(InstantSource clock) {
    return new Retention(Optional.of(clock));
  }

  /// The time of the oldest events that can still be read.
  public Instant oldest() {
    return clock.map(it -> it.instant().minus(EVENTS)).orElse(Instant.EPOCH);
  }

  /// The time by which content expires for a reader whose clock shows `now`: never later than that.
  public Instant expiryTime(Instant now) {
    return clock.map(InstantSource::instant).filter(it -> it.isBefore(now)).orElse(now);
  }

  /// The later of both.
  public Instant clamp(Instant from) {
    Instant oldest = oldest();
    return from.isBefore(oldest) ? oldest : from;
  }
}
