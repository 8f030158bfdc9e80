package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.redrive.ExplainedFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls a queue and invokes a Lambda handler with each batch, as an event source mapping of AWS
/// Lambda does; the handler may report single messages as failed. Thread-safe.
final class EventSourceMapping {
  private static final Logger LOG = LoggerFactory.getLogger(EventSourceMapping.class);
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(800);

  /// The receiving side of a queue. Called by as many threads as the mapping has.
  interface Source {
    /// Waits for messages.
    ///
    /// @return empty when the queue is closed, which ends the calling thread
    List<QueuedMessage> receive() throws InterruptedException;

    /// The handler returned.
    ///
    /// @param failures the reason for each message that it reported as failed, by message id
    void completed(List<QueuedMessage> batch, Map<String, String> failures);

    /// The handler threw, which fails the whole batch.
    void failed(List<QueuedMessage> batch, Throwable cause);
  }

  private final String queue;
  private final Source source;
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler;
  private final CountDownLatch running;

  /// Starts polling; a source that returns an empty batch ends it.
  ///
  /// @param queue the name for events, threads and the log
  /// @param concurrency how many invocations run at once
  EventSourceMapping(
      String queue,
      int concurrency,
      Source source,
      RequestHandler<SQSEvent, SQSBatchResponse> handler) {
    this.queue = queue;
    this.source = source;
    this.handler = handler;
    this.running = new CountDownLatch(concurrency);
    for (int i = 0; i < concurrency; i++) {
      Thread.ofPlatform().daemon().name(queue + "-" + i).start(this::poll);
    }
  }

  /// Waits, 800 real milliseconds at most, for the invocations in progress of a source that is
  /// closed. An invocation that takes longer is not interrupted: that could break what it writes.
  void awaitStopped() {
    try {
      if (!running.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("queue {}: an invocation is still running after {}", queue, STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    try {
      List<QueuedMessage> batch = source.receive();
      while (!batch.isEmpty()) {
        invoke(batch);
        batch = source.receive();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.countDown();
    }
  }

  private void invoke(List<QueuedMessage> batch) {
    try {
      @Nullable Map<String, String> failures = null;
      try {
        failures =
            failures(
                handler.handleRequest(
                    event(batch), new LambdaContext(queue, UUID.randomUUID().toString())));
      } catch (RuntimeException | Error e) {
        LOG.warn("queue {}: an invocation failed for {} messages", queue, batch.size(), e);
        source.failed(batch, e);
      }
      if (failures != null) {
        source.completed(batch, failures);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("queue {}: the outcome of a batch was not recorded", queue, e);
    }
  }

  private SQSEvent event(List<QueuedMessage> batch) {
    SQSEvent event = new SQSEvent();
    event.setRecords(batch.stream().map(it -> it.toSqs(queue)).toList());
    return event;
  }

  private static Map<String, String> failures(@Nullable SQSBatchResponse response) {
    Map<String, String> failures = new HashMap<>();
    if (response != null && response.getBatchItemFailures() != null) {
      response
          .getBatchItemFailures()
          .forEach(it -> failures.put(it.getItemIdentifier(), reason(it)));
    }
    return failures;
  }

  private static String reason(BatchItemFailure failure) {
    return failure instanceof ExplainedFailure explained
        ? explained.reason()
        : "the handler reported it as failed";
  }
}
