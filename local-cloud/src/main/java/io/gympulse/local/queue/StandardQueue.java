package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A standard queue with a Lambda handler behind it, in memory, that serves its senders in turn.
///
/// Each message is handed to the handler until a call succeeds for it: at least once, in any order,
/// up to ten at a time. A call that throws fails for its whole batch; one that names failures fails
/// for those. Failed messages come again after the visibility timeout, and after the last allowed
/// receive they become dead letters.
///
/// What waits here dies with the process, and may be dropped when too much waits ([FairQueue]):
/// senders that need more must wait for an acknowledgement of what the handler did. Thread-safe.
public final class StandardQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandardQueue.class);

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(800);

  private final QueueSettings settings;
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler;
  private final DeadLetters deadLetters;
  private final ProcessClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final FairQueue waiting;
  private final LongAdder dropped = new LongAdder();
  private final Map<String, Runnable> whenDone = new ConcurrentHashMap<>();
  private final CountDownLatch working;
  private volatile boolean closed;

  /// Starts the queue's workers; `close` stops them.
  public StandardQueue(
      QueueSettings settings,
      RequestHandler<SQSEvent, SQSBatchResponse> handler,
      DeadLetters deadLetters,
      ProcessClock clock) {
    this.settings = settings;
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.waiting =
        new FairQueue(
            settings.maxWaitingBytes(),
            settings.ofSender().maxBytes(),
            settings.ofSender().maxRows());
    this.working = new CountDownLatch(settings.concurrency());
    deadLetters.serve(settings.name(), this);
    for (int i = 0; i < settings.concurrency(); i++) {
      Thread.ofPlatform().daemon().name(settings.name() + "-" + i).start(this::work);
    }
  }

  /// Puts a message into the queue that is nobody's in particular.
  ///
  /// @return false if too many wait already or the queue is closed; the message is not in the queue
  ///     then
  public boolean send(String body) {
    return send(body, Share.NOBODYS, Optional.empty()) == SendOutcome.TAKEN;
  }

  /// Puts a message of a sender into the queue.
  ///
  /// @return what became of it; unless it is taken, it is not in the queue
  public SendOutcome send(String body, Share share) {
    return send(body, share, Optional.empty());
  }

  /// As the first, and tells when the queue has done with the message: it was handled, or is a dead
  /// letter. That is never told if the process ends first.
  boolean send(String body, Runnable done) {
    return send(body, Share.NOBODYS, Optional.of(done)) == SendOutcome.TAKEN;
  }

  private SendOutcome send(String body, Share share, Optional<Runnable> done) {
    QueuedMessage message =
        new QueuedMessage(UUID.randomUUID().toString(), body, clock.millis(), 0, share);
    lock.lock();
    try {
      if (closed) {
        return SendOutcome.FULL;
      }
      return switch (waiting.offer(message)) {
        case FairQueue.Offer.Taken(List<QueuedMessage> gaveWay) -> {
          done.ifPresent(it -> whenDone.put(message.id(), it));
          dropped.add(gaveWay.size());
          more.signal();
          yield SendOutcome.TAKEN;
        }
        case FairQueue.Offer.Full _ -> SendOutcome.FULL;
        case FairQueue.Offer.OverQuota _ -> SendOutcome.OVER_QUOTA;
      };
    } finally {
      lock.unlock();
    }
  }

  /// How much text waits, that of messages between two tries included.
  public long waitingBytes() {
    lock.lock();
    try {
      return waiting.bytes();
    } finally {
      lock.unlock();
    }
  }

  /// How many messages of the longest queues were dropped, as too much of all senders waited.
  public long dropped() {
    return dropped.sum();
  }

  /// Takes and hands out nothing more and waits, 800 real milliseconds at most, for the calls under
  /// way. A call that takes longer is left to itself: interrupting it could break what it writes.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!working.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("queue {}: a call is still under way after {}", settings.name(), CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!closed) {
        List<QueuedMessage> batch = receive();
        if (batch.isEmpty()) {
          return;
        }
        try {
          invoke(batch);
        } catch (RuntimeException | Error e) {
          LOG.error("queue {}: a batch was lost between two steps", settings.name(), e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      working.countDown();
    }
  }

  /// Empty when the queue is closed.
  private List<QueuedMessage> receive() throws InterruptedException {
    long windowNanos = clock.toReal(settings.window()).toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && waiting.isEmpty()) {
        more.await();
      }
      while (!closed && waiting.count() < settings.batchSize() && windowNanos > 0) {
        windowNanos = more.awaitNanos(windowNanos);
      }
      return closed
          ? List.of()
          : waiting.poll(settings.batchSize()).stream().map(QueuedMessage::received).toList();
    } finally {
      lock.unlock();
    }
  }

  private void invoke(List<QueuedMessage> batch) {
    Map<String, QueuedMessage> left = new HashMap<>();
    batch.forEach(message -> left.put(message.id(), message));
    try {
      SQSBatchResponse response =
          handler.handleRequest(
              SqsEvents.of(settings.name(), batch),
              new LambdaContext(settings.name(), UUID.randomUUID().toString()));
      Map<String, String> failures = SqsEvents.failures(response);
      left.keySet().retainAll(failures.keySet());
      batch.stream().filter(message -> !left.containsKey(message.id())).forEach(this::forget);
      left.forEach((id, message) -> settle(message, failures.getOrDefault(id, "")));
    } catch (RuntimeException | Error e) {
      LOG.warn("queue {}: a call failed for {} messages", settings.name(), batch.size(), e);
      left.values().forEach(it -> settle(it, ExplainedFailure.reason(e)));
    }
  }

  private void forget(QueuedMessage message) {
    lock.lock();
    try {
      waiting.done(message);
    } finally {
      lock.unlock();
    }
    Runnable done = whenDone.remove(message.id());
    if (done != null) {
      done.run();
    }
  }

  private void settle(QueuedMessage failed, String reason) {
    if (failed.receives() >= settings.maxReceives()) {
      bury(failed, reason);
    } else {
      Duration delay = clock.toReal(settings.visibility());
      CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
          .execute(() -> again(failed));
    }
  }

  private void again(QueuedMessage failed) {
    lock.lock();
    try {
      waiting.again(failed);
      more.signal();
    } finally {
      lock.unlock();
    }
  }

  private void bury(QueuedMessage message, String reason) {
    try {
      deadLetters.add(settings.name(), message, reason);
    } catch (IOException e) {
      LOG.error("queue {}: a dead letter could not be kept: {}", settings.name(), reason, e);
      // A letter that was on its way back is still where it was kept before.
      whenDone.remove(message.id());
    }
    forget(message);
  }
}
