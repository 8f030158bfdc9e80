package io.gympulse.cloud.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What is still to be told, one entry per channel and occasion. Immutable.
public record Deliveries(List<PendingDelivery> pending) {
  public static final Deliveries NONE = new Deliveries(List.of());

  public Deliveries {
    pending = List.copyOf(pending);
  }

  /// With an occasion to be told by every channel.
  ///
  /// @param occasion names it; each delivery's id is this name and the channel's number
  /// @param notBefore when the first attempt may begin
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

  /// Those whose next attempt may begin.
  public List<PendingDelivery> due(Instant now) {
    return pending.stream().filter(it -> !it.nextTryAt().isAfter(now)).toList();
  }

  /// With an attempt begun for everything that is due.
  public Deliveries begun(Instant now) {
    return each(it -> it.nextTryAt().isAfter(now) ? it : it.begun(now));
  }

  /// With everything that is due looked at again later, or gone if it was the last time.
  public Deliveries postponed(Instant now) {
    return without(it -> !it.nextTryAt().isAfter(now) && it.attempts() >= Retries.MOST_ATTEMPTS)
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

  /// After a failed attempt: to be tried again, or gone if that was the last one.
  ///
  /// @param random in `[0, 1)`
  /// @param wish how long the place wants to be left alone
  public Deliveries failed(String id, Instant now, double random, Duration wish) {
    return without(it -> it.id().equals(id) && it.attempts() >= Retries.MOST_ATTEMPTS)
        .each(
            it ->
                it.id().equals(id)
                    ? it.put(now.plus(Retries.pause(it.attempts(), random, wish)))
                    : it);
  }

  /// When something here has to be looked at next.
  public Optional<Instant> nextTry() {
    return pending.stream().map(PendingDelivery::nextTryAt).min(Comparator.naturalOrder());
  }

  private Deliveries each(Function<PendingDelivery, PendingDelivery> change) {
    return new Deliveries(pending.stream().map(change).toList());
  }
}
