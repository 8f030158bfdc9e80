package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.DeliveryRecord;
import io.gympulse.cloud.core.alert.Outcome;
import io.gympulse.cloud.core.alert.PendingDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes records and sends what follows from that: first the change is kept by compare-and-set,
/// with every attempt as begun, then the attempts are made, then their outcomes are kept. So two
/// processes never begin the same attempt. Changes of several records, and outcomes that come at
/// once, are written together, at most [#PORTION] in one go. Safe for any number of threads and
/// processes.
///
/// @param <T> the kind of record
public final class Notifier<T extends DeliveryRecord<T>> {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  static final int PORTION = 100;
  private static final int MOST_PORTIONS = 100;

  private final Records<T> records;
  private final Courier courier;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Queue<Note<T>> notes = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

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

    /// Does several writes at the price of one, where that can be had.
    void together(Runnable writes);

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
  /// @param some at most a page of them
  /// @throws RuntimeException if some could not be changed
  public void changeEach(List<T> some, Function<T, DeliveryRecord.Step<T>> input) {
    List<DeliveryRecord.Step<T>> kept = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    records.together(
        () -> {
          for (T each : some) {
            try {
              kept.add(keep(each, input));
            } catch (RuntimeException e) {
              LOG.warn("{} could not be looked after", records.name(each), e);
              failures.add(e);
            }
          }
        });
    for (DeliveryRecord.Step<T> step : kept) {
      for (PendingDelivery delivery : step.send()) {
        try {
          send(step.next(), delivery);
        } catch (RuntimeException e) {
          LOG.warn("{} cannot be sent now, it is still due", records.name(step.next()), e);
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getLast();
    }
  }

  /// Changes what is kept and sends nothing; what follows is sent when it is due.
  public void change(T first, UnaryOperator<T> input) {
    DeliveryRecord.Step<T> _ = keep(first, unsent(input));
  }

  private static <T extends DeliveryRecord<T>> Function<T, DeliveryRecord.Step<T>> unsent(
      UnaryOperator<T> input) {
    return it -> new DeliveryRecord.Step<>(input.apply(it), List.of());
  }

  /// @return what was kept, with what is to be sent for it
  private DeliveryRecord.Step<T> keep(T first, Function<T, DeliveryRecord.Step<T>> input) {
    Optional<T> current = Optional.of(first);
    while (current.isPresent()) {
      T expected = current.get();
      DeliveryRecord.Step<T> step = input.apply(expected);
      if (step.next().version() == expected.version()) {
        break;
      }
      if (records.replace(expected, step.next())) {
        return step;
      }
      current = records.again(expected);
    }
    return new DeliveryRecord.Step<>(first, List.of());
  }

  private void send(T subject, PendingDelivery delivery) {
    courier.send(
        records.wording(subject, delivery),
        delivery.channel(),
        outcome -> note(new Note<>(subject, noted(delivery.id(), outcome))));
  }

  /// An outcome to be kept.
  ///
  /// @param kept completed when it is, or could not be
  private record Note<T>(T subject, UnaryOperator<T> change, CompletableFuture<Boolean> kept) {
    Note(T subject, UnaryOperator<T> change) {
      this(subject, change, new CompletableFuture<>());
    }
  }

  /// Of many that come at once, one writes those of others with its own.
  private void note(Note<T> mine) {
    notes.add(mine);
    writing.lock();
    try {
      while (!mine.kept().isDone()) {
        writeSome();
      }
    } finally {
      writing.unlock();
    }
    mine.kept().join();
  }

  private void writeSome() {
    List<Note<T>> some = new ArrayList<>();
    for (int i = 0; i < PORTION && !notes.isEmpty(); i++) {
      some.add(notes.remove());
    }
    IdentityHashMap<Note<T>, RuntimeException> failures = new IdentityHashMap<>();
    try {
      records.together(() -> some.forEach(it -> write(it, failures)));
    } catch (RuntimeException e) {
      some.forEach(it -> failures.put(it, e));
    }
    for (Note<T> it : some) {
      RuntimeException failure = failures.get(it);
      boolean _ =
          failure == null ? it.kept().complete(true) : it.kept().completeExceptionally(failure);
    }
  }

  private void write(Note<T> note, IdentityHashMap<Note<T>, RuntimeException> failures) {
    try {
      change(note.subject(), note.change());
    } catch (RuntimeException e) {
      failures.put(note, e);
    }
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
