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
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A durable queue with a Lambda handler behind it, which is invoked with up to ten messages at a
/// time, one invocation after another. Messages that it completes are removed; visibility timeout,
/// redelivery and dead letters are those of the queue. Thread-safe.
public final class DurableQueue implements WorkQueue, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DurableQueue.class);
  private static final int BATCH_SIZE = 10;

  /// Real time between two polls of an empty queue, and after a failed invocation.
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final String name;
  private final WorkQueue queue;
  private final WorkSource source;
  private final Semaphore sent = new Semaphore(0);
  private final EventSourceMapping mapping;
  private volatile boolean closed;

  /// Starts to invoke the handler; `close` stops that and leaves the queue open.
  public <Q extends WorkQueue & WorkSource> DurableQueue(
      String name, Q queue, RequestHandler<SQSEvent, SQSBatchResponse> handler) {
    this.name = name;
    this.queue = queue;
    this.source = queue;
    this.mapping = new EventSourceMapping(name, 1, new Messages(), handler);
  }

  /// Sends to the queue and polls it at once.
  @Override
  public List<Unsent> send(List<String> bodies) {
    List<Unsent> unsent = queue.send(bodies);
    sent.release();
    return unsent;
  }

  /// Delivers nothing more and waits, 800 real milliseconds at most, for the invocation in
  /// progress.
  @Override
  public void close() {
    closed = true;
    sent.release();
    mapping.awaitStopped();
  }

  /// For one thread.
  private final class Messages implements EventSourceMapping.Source {
    private boolean pause;

    @Override
    public List<QueuedMessage> receive() throws InterruptedException {
      List<QueuedMessage> batch = pause ? List.of() : poll();
      while (batch.isEmpty() && !closed) {
        pause = false;
        sent.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        sent.drainPermits();
        batch = poll();
      }
      return batch;
    }

    private List<QueuedMessage> poll() {
      if (closed) {
        return List.of();
      }
      try {
        return source.receive(BATCH_SIZE).stream().map(Messages::message).toList();
      } catch (RuntimeException | Error e) {
        log(e);
        return List.of();
      }
    }

    private static QueuedMessage message(Received it) {
      return new QueuedMessage(it.id(), it.body(), it.sentAt().toEpochMilli(), it.receives());
    }

    @Override
    public void completed(List<QueuedMessage> batch, Map<String, String> failures) {
      try {
        source.remove(
            batch.stream().map(QueuedMessage::id).filter(it -> !failures.containsKey(it)).toList());
      } catch (RuntimeException | Error e) {
        log(e);
        pause = true;
      }
    }

    /// The messages become visible again.
    @Override
    public void failed(List<QueuedMessage> batch, Throwable cause) {
      pause = true;
    }

    private void log(Throwable e) {
      if (e instanceof StoreUnavailableException) {
        LOG.warn("queue {} is not available: {}", name, e.getMessage());
      } else {
        LOG.error("queue {}: a batch failed and is delivered again", name, e);
      }
    }
  }
}
