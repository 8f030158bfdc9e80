package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls a queue and invokes a Lambda handler with up to ten messages at a time, one invocation
/// after another, as an event source mapping of AWS Lambda does.
///
/// An invocation that throws fails for its whole batch; one that reports failures fails for those
/// messages. The others are removed from the queue. Visibility timeout, redelivery and dead letters
/// are those of the queue. Thread-safe.
public final class EventSourceMapping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventSourceMapping.class);
  private static final int BATCH_SIZE = 10;

  /// The longest real time between two polls.
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private static final Duration STOP_TIMEOUT = Duration.ofMillis(800);

  private final String queue;
  private final WorkSource source;
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler;
  private final Duration pollInterval;
  private final Semaphore arrived = new Semaphore(0);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean closed;

  /// Starts to invoke the handler; `close` stops that and leaves the queue open.
  ///
  /// @param settings of the queue
  /// @param clock the queue's
  public EventSourceMapping(
      QueueSettings settings,
      WorkSource source,
      RequestHandler<SQSEvent, SQSBatchResponse> handler,
      ProcessClock clock) {
    this.queue = settings.name();
    this.source = source;
    this.handler = handler;
    Duration visibility = clock.toReal(settings.visibility());
    this.pollInterval = visibility.compareTo(POLL_INTERVAL) < 0 ? visibility : POLL_INTERVAL;
    source.onArrival(arrived::release);
    Thread.ofPlatform().daemon().name(queue + "-0").start(this::run);
  }

  /// Delivers nothing more and waits, 800 real milliseconds at most, for the invocation in
  /// progress. One that takes longer is not interrupted: that could break what it writes.
  @Override
  public void close() {
    closed = true;
    arrived.release();
    try {
      if (!stopped.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("queue {}: an invocation is still running after {}", queue, STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        if (!poll()) {
          arrived.tryAcquire(pollInterval.toNanos(), TimeUnit.NANOSECONDS);
          arrived.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  /// @return whether to poll again at once
  private boolean poll() {
    try {
      List<Received> batch = source.receive(BATCH_SIZE);
      return !batch.isEmpty() && invoke(batch);
    } catch (StoreUnavailableException e) {
      LOG.warn("queue {} is not available: {}", queue, e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("queue {}: the outcome of a batch was not recorded", queue, e);
    }
    return false;
  }

  /// @return whether the handler returned
  private boolean invoke(List<Received> batch) {
    @Nullable SQSBatchResponse response;
    try {
      response =
          handler.handleRequest(
              event(batch), new LambdaContext(queue, UUID.randomUUID().toString()));
    } catch (RuntimeException | Error e) {
      LOG.warn("queue {}: an invocation failed for {} messages", queue, batch.size(), e);
      String reason = ExplainedFailure.reason(e);
      source.fail(batch.stream().collect(Collectors.toMap(Received::id, _ -> reason)));
      return false;
    }
    Map<String, String> failures = failures(response);
    source.remove(
        batch.stream().map(Received::id).filter(it -> !failures.containsKey(it)).toList());
    source.fail(failures);
    return true;
  }

  private SQSEvent event(List<Received> batch) {
    SQSEvent event = new SQSEvent();
    event.setRecords(batch.stream().map(this::message).toList());
    return event;
  }

  private SQSMessage message(Received received) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(received.id());
    message.setReceiptHandle(received.id());
    message.setBody(received.body());
    message.setEventSource("aws:sqs");
    message.setEventSourceArn("arn:aws:sqs:local:000000000000:" + queue);
    message.setAwsRegion("local");
    message.setAttributes(
        Map.of(
            "ApproximateReceiveCount", Integer.toString(received.receives()),
            "SentTimestamp", Long.toString(received.sentAt().toEpochMilli())));
    return message;
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
