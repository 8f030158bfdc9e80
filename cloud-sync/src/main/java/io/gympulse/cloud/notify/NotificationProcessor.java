package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.notification.Deliveries.DeliveryRecord;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
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

/// Changes records and sends their notifications: first the change is stored by compare-and-set,
/// with every attempt as started, then the attempts are made, then their outcomes are stored. So
/// two processes never start the same attempt. Changes of several records, and outcomes that arrive
/// at once, are written together, at most [#BATCH_SIZE] at a time. Safe for any number of threads
/// and processes.
///
/// @param <T> the kind of record
public final class NotificationProcessor<T extends DeliveryRecord<T>> {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationProcessor.class);
  static final int BATCH_SIZE = 100;
  private static final int MAX_BATCHES = 100;

  private final Records<T> records;
  private final DeliveryExecutor executor;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Queue<OutcomeWrite<T>> writes = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  /// The store of one kind of record, and the text of its notifications.
  public interface Records<T> {
    /// Names a record in logs.
    String describe(T one);

    /// The record as it is stored now.
    Optional<T> reload(T earlier);

    /// Records that are due, the longest due first.
    List<T> due(Instant now, int limit);

    /// @return whether `next` was stored; if not, `expected` is no longer what is stored
    boolean replace(T expected, T next);

    /// Makes several writes at the cost of one, where the store can.
    void together(Runnable writes);

    Notification notification(T subject, PendingDelivery delivery);
  }

  public NotificationProcessor(
      Records<T> records, DeliveryExecutor executor, InstantSource clock, RandomGenerator random) {
    this.records = records;
    this.executor = executor;
    this.clock = clock;
    this.random = random;
  }

  /// Changes every record that is due. A failure does not affect the other records.
  ///
  /// @throws RuntimeException if some could not be changed; they stay due
  public void processDue(Instant now, Function<T, DeliveryRecord.Step<T>> input) {
    List<T> due = records.due(now, BATCH_SIZE);
    for (int i = 0; i < MAX_BATCHES && !due.isEmpty(); i++) {
      processAll(due, input);
      due = records.due(now, BATCH_SIZE);
    }
  }

  /// Changes each record. A failure does not affect the other records.
  ///
  /// @param some at most a page of them
  /// @throws RuntimeException if some could not be changed
  public void processAll(List<T> some, Function<T, DeliveryRecord.Step<T>> input) {
    List<DeliveryRecord.Step<T>> stored = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    records.together(
        () -> {
          for (T each : some) {
            try {
              stored.add(store(each, input));
            } catch (RuntimeException e) {
              LOG.warn("{} could not be processed", records.describe(each), e);
              failures.add(e);
            }
          }
        });
    for (DeliveryRecord.Step<T> step : stored) {
      for (PendingDelivery delivery : step.send()) {
        try {
          send(step.next(), delivery);
        } catch (RuntimeException e) {
          LOG.warn("{} could not be sent, it stays due", records.describe(step.next()), e);
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getLast();
    }
  }

  /// Stores a change and sends nothing; its deliveries are sent when they are due.
  public void update(T first, UnaryOperator<T> input) {
    DeliveryRecord.Step<T> _ =
        store(first, it -> new DeliveryRecord.Step<>(input.apply(it), List.of()));
  }

  /// @return what was stored, with its deliveries to be sent
  private DeliveryRecord.Step<T> store(T first, Function<T, DeliveryRecord.Step<T>> input) {
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
      current = records.reload(expected);
    }
    return new DeliveryRecord.Step<>(first, List.of());
  }

  private void send(T subject, PendingDelivery delivery) {
    executor.send(
        records.notification(subject, delivery),
        delivery.channel(),
        outcome -> write(new OutcomeWrite<>(subject, change(delivery.id(), outcome))));
  }

  /// An outcome to be stored.
  ///
  /// @param stored completed when it is stored, or could not be
  private record OutcomeWrite<T>(
      T subject, UnaryOperator<T> change, CompletableFuture<Boolean> stored) {
    OutcomeWrite(T subject, UnaryOperator<T> change) {
      this(subject, change, new CompletableFuture<>());
    }
  }

  /// Of several threads that write at once, one writes the outcomes of the others with its own.
  private void write(OutcomeWrite<T> mine) {
    writes.add(mine);
    writing.lock();
    try {
      while (!mine.stored().isDone()) {
        writeBatch();
      }
    } finally {
      writing.unlock();
    }
    mine.stored().join();
  }

  private void writeBatch() {
    List<OutcomeWrite<T>> batch = new ArrayList<>();
    for (int i = 0; i < BATCH_SIZE && !writes.isEmpty(); i++) {
      batch.add(writes.remove());
    }
    IdentityHashMap<OutcomeWrite<T>, RuntimeException> failures = new IdentityHashMap<>();
    try {
      records.together(() -> batch.forEach(it -> write(it, failures)));
    } catch (RuntimeException e) {
      batch.forEach(it -> failures.put(it, e));
    }
    for (OutcomeWrite<T> it : batch) {
      RuntimeException failure = failures.get(it);
      boolean _ =
          failure == null ? it.stored().complete(true) : it.stored().completeExceptionally(failure);
    }
  }

  private void write(
      OutcomeWrite<T> write, IdentityHashMap<OutcomeWrite<T>, RuntimeException> failures) {
    try {
      update(write.subject(), write.change());
    } catch (RuntimeException e) {
      failures.put(write, e);
    }
  }

  private UnaryOperator<T> change(String deliveryId, DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered _ -> it -> it.delivered(deliveryId);
      case DeliveryOutcome.Gone _ -> it -> it.gone(deliveryId);
      case DeliveryOutcome.Retry(_, Optional<Duration> retryAfter) ->
          failed(deliveryId, retryAfter.orElse(Duration.ZERO));
      case DeliveryOutcome.NoAnswer _ -> failed(deliveryId, Duration.ZERO);
    };
  }

  private UnaryOperator<T> failed(String deliveryId, Duration retryAfter) {
    return it -> it.failed(deliveryId, clock.instant(), random.nextDouble(), retryAfter);
  }
}
