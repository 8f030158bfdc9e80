package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.contract.clock.ProcessClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A standard queue with a Lambda handler behind it, in memory.
///
/// Each message is handed to the handler until a call succeeds for it: at least once, in any order,
/// up to ten at a time. A call that throws fails for its whole batch; one that names failures fails
/// for those. Failed messages come again after the visibility timeout, and after the last allowed
/// receive they become dead letters. What waits here dies with the process: senders that need more
/// must wait for an acknowledgement of what the handler did. Thread-safe.
public final class StandardQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandardQueue.class);

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(800);

  /// Tells a worker that waits for messages that there will be none.
  private static final QueuedMessage END = new QueuedMessage("", "", 0, 0);

  private final QueueSettings settings;
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler;
  private final DeadLetters deadLetters;
  private final ProcessClock clock;
  private final BlockingDeque<QueuedMessage> ready = new LinkedBlockingDeque<>();
  private final AtomicLong waitingBytes = new AtomicLong();
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
    this.working = new CountDownLatch(settings.concurrency());
    deadLetters.serve(settings.name(), this);
    for (int i = 0; i < settings.concurrency(); i++) {
      Thread.ofPlatform().daemon().name(settings.name() + "-" + i).start(this::work);
    }
  }

  /// Puts a message into the queue.
  ///
  /// @return false if too many wait already or the queue is closed; the message is not in the queue
  ///     then
  public boolean send(String body) {
    return send(body, Optional.empty());
  }

  /// As the other, and tells when the queue has done with the message: it was handled, or is a dead
  /// letter. That is never told if the process ends first.
  boolean send(String body, Runnable done) {
    return send(body, Optional.of(done));
  }

  private boolean send(String body, Optional<Runnable> done) {
    if (closed) {
      return false;
    }
    if (waitingBytes.addAndGet(body.length()) > settings.maxWaitingBytes()) {
      waitingBytes.addAndGet(-body.length());
      return false;
    }
    QueuedMessage message =
        new QueuedMessage(UUID.randomUUID().toString(), body, clock.millis(), 0);
    done.ifPresent(it -> whenDone.put(message.id(), it));
    return ready.add(message);
  }

  /// How much text waits, that of messages between two tries included.
  public long waitingBytes() {
    return waitingBytes.get();
  }

  /// Takes and hands out nothing more and waits, 800 real milliseconds at most, for the calls under
  /// way. A call that takes longer is left to itself: interrupting it could break what it writes.
  @Override
  public void close() {
    closed = true;
    for (int i = 0; i < settings.concurrency(); i++) {
      ready.addFirst(END);
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
    List<QueuedMessage> batch = new ArrayList<>();
    long windowNanos = clock.toReal(settings.window()).toNanos();
    QueuedMessage next = ready.take();
    while (next != null && !next.equals(END)) {
      batch.add(next.received());
      next =
          batch.size() < settings.batchSize()
              ? ready.poll(windowNanos, TimeUnit.NANOSECONDS)
              : null;
    }
    return batch;
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
    waitingBytes.addAndGet(-message.body().length());
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
          .execute(() -> ready.add(failed));
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
