package io.gympulse.cloud.alert;

import io.gympulse.cloud.state.alert.DeliveryRecord;
import io.gympulse.cloud.state.alert.PendingDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes records and sends what follows from that: first the change is kept by compare-and-set,
/// with every attempt as begun, then the attempts are made, then their outcomes are kept. So two
/// processes never begin the same attempt. Safe for any number of threads and processes.
///
/// @param <T> the kind of record
public final class Notifier<T extends DeliveryRecord<T>> {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final int PORTION = 100;
  private static final int MOST_PORTIONS = 100;

  private final Records<T> records;
  private final Courier courier;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// Where records of a kind are kept, and how what follows from them is put into words.
  public interface Records<T> {
    /// Names a record in logs.
    String name(T one);

    /// The record as it is kept now.
    Optional<T> again(T earlier);

    /// Those that time may change by now, the longest due first.
    List<T> due(Instant now, int limit);

    /// @return whether `next` was kept; if not, `expected` is no longer what is kept
    boolean replace(T expected, T next);

    Notification wording(T subject, PendingDelivery delivery);
  }

  public Notifier(
      Records<T> records, Courier courier, InstantSource clock, RandomGenerator random) {
    this.records = records;
    this.courier = courier;
    this.clock = clock;
    this.random = random;
  }

  /// Changes every record that is due; one that fails keeps back no other.
  ///
  /// @throws RuntimeException if some could not be changed; they are still due
  public void changeDue(Instant now, Function<T, DeliveryRecord.Step<T>> input) {
    List<T> due = records.due(now, PORTION);
    for (int i = 0; i < MOST_PORTIONS && !due.isEmpty(); i++) {
      changeEach(due, input);
      due = records.due(now, PORTION);
    }
  }

  /// Changes each record; one that fails keeps back no other.
  ///
  /// @throws RuntimeException if some could not be changed
  public void changeEach(List<T> some, Function<T, DeliveryRecord.Step<T>> input) {
    Optional<RuntimeException> failure = Optional.empty();
    for (T each : some) {
      try {
        step(each, input);
      } catch (RuntimeException e) {
        LOG.warn("{} could not be looked after", records.name(each), e);
        failure = Optional.of(e);
      }
    }
    failure.ifPresent(
        it -> {
          throw it;
        });
  }

  /// Changes what is kept and sends nothing; what follows is sent when it is due.
  public void change(T first, UnaryOperator<T> input) {
    step(first, it -> new DeliveryRecord.Step<>(input.apply(it), List.of()));
  }

  private void step(T first, Function<T, DeliveryRecord.Step<T>> input) {
    Optional<T> current = Optional.of(first);
    while (current.isPresent()) {
      T expected = current.get();
      DeliveryRecord.Step<T> step = input.apply(expected);
      if (step.next().version() == expected.version()) {
        return;
      }
      if (records.replace(expected, step.next())) {
        step.send().forEach(it -> send(step.next(), it));
        return;
      }
      current = records.again(expected);
    }
  }

  private void send(T subject, PendingDelivery delivery) {
    courier.send(
        records.wording(subject, delivery),
        delivery.channel(),
        outcome -> change(subject, noted(delivery.id(), outcome)));
  }

  private UnaryOperator<T> noted(String deliveryId, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> it -> it.delivered(deliveryId);
      case Outcome.Gone _ -> it -> it.gone(deliveryId);
      case Outcome.Retry(_, Optional<Duration> notWithin) ->
          failed(deliveryId, notWithin.orElse(Duration.ZERO));
      case Outcome.NoAnswer _ -> failed(deliveryId, Duration.ZERO);
    };
  }

  private UnaryOperator<T> failed(String deliveryId, Duration wish) {
    return it -> it.failed(deliveryId, clock.instant(), random.nextDouble(), wish);
  }
}
