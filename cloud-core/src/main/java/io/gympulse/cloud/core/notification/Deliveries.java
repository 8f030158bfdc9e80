package io.gympulse.cloud.core.notification;

import io.gympulse.process.Backoff;
import io.gympulse.process.Backoff.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Pending deliveries, one per channel and occasion. Immutable.
public record Deliveries(List<PendingDelivery> pending) {
  public static final Deliveries NONE = new Deliveries(List.of());

  public Deliveries {
    pending = List.copyOf(pending);
  }

  /// With deliveries of an occasion by every channel.
  ///
  /// @param occasion its id; each delivery's id is this and the channel's number
  /// @param notBefore the earliest time of the first attempt
  public Deliveries with(
      String occasion, Instant since, List<Channel> channels, Instant notBefore) {
    List<PendingDelivery> more = new ArrayList<>(pending);
    for (int i = 0; i < channels.size(); i++) {
      more.add(
          new PendingDelivery(
              "%s.%d".formatted(occasion, i), since, channels.get(i), 0, notBefore));
    }
    return new Deliveries(more);
  }

  /// Deliveries whose next attempt may start.
  public List<PendingDelivery> due(Instant now) {
    return pending.stream().filter(it -> !it.nextTryAt().isAfter(now)).toList();
  }

  /// With an attempt started for every delivery that is due.
  public Deliveries started(Instant now) {
    return each(it -> it.nextTryAt().isAfter(now) ? it : it.started(now));
  }

  /// With every delivery that is due postponed, or dropped if it was the last attempt.
  public Deliveries postponed(Instant now) {
    return without(
            it -> !it.nextTryAt().isAfter(now) && it.attempts() >= PendingDelivery.MAX_ATTEMPTS)
        .each(it -> it.nextTryAt().isAfter(now) ? it : it.postponed(now));
  }

  public Optional<PendingDelivery> find(String id) {
    return pending.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  public Deliveries without(Predicate<PendingDelivery> unwanted) {
    return new Deliveries(pending.stream().filter(unwanted.negate()).toList());
  }

  public Deliveries without(String id) {
    return without(it -> it.id().equals(id));
  }

  /// After a failed attempt: retried later, or dropped if that was the last one.
  ///
  /// @param random in `[0, 1)`
  /// @param retryAfter the minimum pause that the receiver asked for
  public Deliveries failed(String id, Instant now, double random, Duration retryAfter) {
    return without(it -> it.id().equals(id) && it.attempts() >= PendingDelivery.MAX_ATTEMPTS)
        .each(
            it ->
                it.id().equals(id)
                    ? it.retryAt(now.plus(PendingDelivery.pause(it.attempts(), random, retryAfter)))
                    : it);
  }

  /// When the next attempt is due.
  public Optional<Instant> nextTry() {
    return pending.stream().map(PendingDelivery::nextTryAt).min(Comparator.naturalOrder());
  }

  private Deliveries each(Function<PendingDelivery, PendingDelivery> change) {
    return new Deliveries(pending.stream().map(change).toList());
  }

  /// A notification that is still to be delivered by one channel. Retried by exponential backoff
  /// with equal jitter.
  ///
  /// @param id the same at every attempt; the receiver gets it
  /// @param since when what is reported began
  /// @param attempts started so far
  /// @param nextTryAt when it may be tried again; while an attempt runs, the end of its lease
  public record PendingDelivery(
      String id, Instant since, Channel channel, int attempts, Instant nextTryAt) {
    /// The lease of an attempt: how long it may take before another one is started in its place.
    /// Channels time out far earlier.
    public static final Duration LEASE = Duration.ofMinutes(1);

    /// A delivery is dropped after so many attempts, about half an hour after the first.
    public static final int MAX_ATTEMPTS = 12;

    private static final Backoff BACKOFF =
        new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), Jitter.EQUAL);
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    /// With one more attempt started, whose lease begins now.
    PendingDelivery started(Instant now) {
      return new PendingDelivery(id, since, channel, attempts + 1, now.plus(LEASE));
    }

    /// Postponed as if an attempt had failed, since what it reports may not be true at the moment.
    PendingDelivery postponed(Instant now) {
      return new PendingDelivery(
          id, since, channel, attempts + 1, now.plus(pause(attempts + 1, 1)));
    }

    PendingDelivery retryAt(Instant later) {
      return new PendingDelivery(id, since, channel, attempts, later);
    }

    /// The pause after the `attempts`-th attempt, at least what the receiver asks for, up to an
    /// hour.
    ///
    /// @param random in `[0, 1)`
    static Duration pause(int attempts, double random, Duration retryAfter) {
      Duration minimum = retryAfter.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : retryAfter;
      Duration pause = pause(attempts, random);
      return pause.compareTo(minimum) < 0 ? minimum : pause;
    }

    /// The pause after the `attempts`-th attempt, in whole milliseconds as stores keep it.
    ///
    /// @param random in `[0, 1)`
    static Duration pause(int attempts, double random) {
      return BACKOFF.delay(Math.max(attempts, 1) - 1, random).truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// A record that is stored together with its deliveries. Immutable: each change returns a
  /// successor, or the record itself if nothing changed.
  ///
  /// @param <T> the kind of record
  public interface DeliveryRecord<T extends DeliveryRecord<T>> {
    /// The result of an input.
    ///
    /// @param send deliveries to attempt once `next` is stored
    record Step<T>(T next, List<PendingDelivery> send) {
      public Step {
        send = List.copyOf(send);
      }
    }

    /// Increases with each change.
    long version();

    /// The channel accepted the delivery.
    T delivered(String deliveryId);

    /// The channel will never accept the delivery.
    T gone(String deliveryId);

    /// An attempt failed; it is retried later unless it was the last.
    ///
    /// @param random in `[0, 1)`
    /// @param retryAfter the minimum pause that the receiver asked for
    T failed(String deliveryId, Instant now, double random, Duration retryAfter);
  }
}
