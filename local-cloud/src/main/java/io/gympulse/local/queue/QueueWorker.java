package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Lambda handler behind a queue that keeps its messages: hands them to it, up to ten at a time,
/// and removes those it dealt with. The others come again as the queue's terms say. Thread-safe.
public final class QueueWorker implements WorkQueue, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueueWorker.class);
  private static final int BATCH = 10;

  /// Real time between two looks at an idle queue, for what becomes visible again.
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(800);

  private final String name;
  private final WorkQueue queue;
  private final WorkSource source;
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /// Starts working; `close` stops it and leaves the queue open.
  public <Q extends WorkQueue & WorkSource> QueueWorker(
      String name, Q queue, RequestHandler<SQSEvent, SQSBatchResponse> handler) {
    this.name = name;
    this.queue = queue;
    this.source = queue;
    this.handler = handler;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::work);
  }

  /// Sends to the queue, and has it looked at now.
  @Override
  public List<Unsent> send(List<String> bodies) {
    List<Unsent> unsent = queue.send(bodies);
    work.release();
    return unsent;
  }

  /// Takes nothing more and waits, 800 real milliseconds at most, for the call under way.
  @Override
  public void close() {
    closed = true;
    work.release();
    try {
      if (!thread.join(CLOSE_LIMIT)) {
        LOG.warn("queue {}: a call is still under way after {}", name, CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!closed) {
        if (!step()) {
          work.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
          work.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether there was something to do
  private boolean step() {
    try {
      List<Received> batch = source.receive(BATCH);
      if (!batch.isEmpty()) {
        Set<String> failed = invoke(batch);
        source.remove(batch.stream().map(Received::id).filter(it -> !failed.contains(it)).toList());
      }
      return !batch.isEmpty();
    } catch (StoreUnavailableException e) {
      LOG.warn("queue {} cannot be used: {}", name, e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("queue {}: a batch failed and comes again", name, e);
    }
    return false;
  }

  private Set<String> invoke(List<Received> batch) {
    List<QueuedMessage> messages =
        batch.stream()
            .map(
                it ->
                    new QueuedMessage(
                        it.id(), it.body(), it.sentAt().toEpochMilli(), it.receives()))
            .toList();
    LambdaContext context = new LambdaContext(name, UUID.randomUUID().toString());
    return SqsEvents.failures(handler.handleRequest(SqsEvents.of(name, messages), context))
        .keySet();
  }
}
