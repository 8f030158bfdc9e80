package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A standard queue in memory with a Lambda handler behind it; serves its senders fairly.
///
/// Each message is delivered at least once, in any order, up to ten at a time. An invocation that
/// throws fails for its whole batch; one that reports failures fails for those messages. A failed
/// message is delivered again after the visibility timeout and becomes a dead letter after the last
/// allowed receive.
///
/// Messages are lost when the process ends and may be dropped when the queue is full ([FairQueue]):
/// a sender that needs more must wait for an acknowledgement of what the handler did. Thread-safe.
public final class StandardQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandardQueue.class);

  /// The result of a send.
  public enum SendResult {
    ENQUEUED,
    /// The queue is full or closed.
    FULL,
    /// The sender's quota is used up.
    OVER_QUOTA
  }

  private final QueueSettings settings;
  private final DeadLetterFile deadLetters;
  private final ProcessClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final FairQueue messages;
  private final LongAdder dropped = new LongAdder();
  private final Map<String, Runnable> completionCallbacks = new ConcurrentHashMap<>();
  private final EventSourceMapping mapping;
  private volatile boolean closed;

  /// Starts to invoke the handler; `close` stops that.
  public StandardQueue(
      QueueSettings settings,
      RequestHandler<SQSEvent, SQSBatchResponse> handler,
      DeadLetterFile deadLetters,
      ProcessClock clock) {
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.messages =
        new FairQueue(
            settings.maxBytes(), settings.perSender().maxBytes(), settings.perSender().maxEvents());
    deadLetters.register(settings.name(), this);
    this.mapping =
        new EventSourceMapping(settings.name(), settings.concurrency(), new Messages(), handler);
  }

  /// Sends a message without an origin.
  ///
  /// @return false if the queue is full or closed; the message is not enqueued then
  public boolean send(String body) {
    return send(body, MessageOrigin.NONE, Optional.empty()) == SendResult.ENQUEUED;
  }

  public SendResult send(String body, MessageOrigin origin) {
    return send(body, origin, Optional.empty());
  }

  /// Sends a message without an origin.
  ///
  /// @param completed called when the message was handled or is a dead letter; never called if the
  ///     process ends first
  /// @return false if the queue is full or closed; the message is not enqueued then
  boolean send(String body, Runnable completed) {
    return send(body, MessageOrigin.NONE, Optional.of(completed)) == SendResult.ENQUEUED;
  }

  private SendResult send(String body, MessageOrigin origin, Optional<Runnable> completed) {
    QueuedMessage message =
        new QueuedMessage(UUID.randomUUID().toString(), body, clock.millis(), 0, origin);
    lock.lock();
    try {
      if (closed) {
        return SendResult.FULL;
      }
      return switch (messages.offer(message)) {
        case FairQueue.Offer.Enqueued(List<QueuedMessage> evicted) -> {
          completed.ifPresent(it -> completionCallbacks.put(message.id(), it));
          dropped.add(evicted.size());
          changed.signal();
          yield SendResult.ENQUEUED;
        }
        case FairQueue.Offer.Full _ -> SendResult.FULL;
        case FairQueue.Offer.OverQuota _ -> SendResult.OVER_QUOTA;
      };
    } finally {
      lock.unlock();
    }
  }

  /// The size of all messages, in-flight ones and those that wait for a retry included.
  public long waitingBytes() {
    lock.lock();
    try {
      return messages.bytes();
    } finally {
      lock.unlock();
    }
  }

  /// How many messages of the longest sender queues were dropped because the queue was full.
  public long dropped() {
    return dropped.sum();
  }

  /// Accepts and delivers nothing more and waits, 800 real milliseconds at most, for the
  /// invocations in progress.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    mapping.awaitStopped();
  }

  private final class Messages implements EventSourceMapping.Source {

    @Override
    public List<QueuedMessage> receive() throws InterruptedException {
      long windowNanos = clock.toReal(settings.window()).toNanos();
      lock.lockInterruptibly();
      try {
        while (!closed && messages.isEmpty()) {
          changed.await();
        }
        while (!closed && messages.count() < settings.batchSize() && windowNanos > 0) {
          windowNanos = changed.awaitNanos(windowNanos);
        }
        return closed
            ? List.of()
            : messages.poll(settings.batchSize()).stream().map(QueuedMessage::received).toList();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void completed(List<QueuedMessage> batch, Map<String, String> failures) {
      for (QueuedMessage message : batch) {
        if (!failures.containsKey(message.id())) {
          remove(message);
        }
      }
      for (QueuedMessage message : batch) {
        if (failures.containsKey(message.id())) {
          retryOrBury(message, failures.getOrDefault(message.id(), ""));
        }
      }
    }

    @Override
    public void failed(List<QueuedMessage> batch, Throwable cause) {
      batch.forEach(it -> retryOrBury(it, ExplainedFailure.reason(cause)));
    }
  }

  private void remove(QueuedMessage message) {
    lock.lock();
    try {
      messages.completed(message);
    } finally {
      lock.unlock();
    }
    Runnable callback = completionCallbacks.remove(message.id());
    if (callback != null) {
      callback.run();
    }
  }

  private void retryOrBury(QueuedMessage failed, String reason) {
    if (failed.receives() >= settings.maxReceives()) {
      bury(failed, reason);
    } else {
      Duration delay = clock.toReal(settings.visibility());
      CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
          .execute(() -> retry(failed));
    }
  }

  private void retry(QueuedMessage failed) {
    lock.lock();
    try {
      messages.requeue(failed);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void bury(QueuedMessage message, String reason) {
    try {
      deadLetters.add(settings.name(), message, reason);
    } catch (IOException e) {
      LOG.error("queue {}: a dead letter could not be written: {}", settings.name(), reason, e);
      // A redriven letter stays in the file from which it was read.
      completionCallbacks.remove(message.id());
    }
    remove(message);
  }
}
