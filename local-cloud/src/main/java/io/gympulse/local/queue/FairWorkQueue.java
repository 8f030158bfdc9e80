package io.gympulse.local.queue;

import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A queue in memory that serves its senders fairly; its dead letters are in a file.
///
/// Messages are lost when the process ends and may be dropped when the queue is full ([FairQueue]):
/// a sender that needs more must wait for an acknowledgement of what the consumer did. Thread-safe.
public final class FairWorkQueue implements WorkQueue, WorkSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FairWorkQueue.class);

  /// How much may be in the queue, in-flight messages included.
  ///
  /// A gateway has at most 64 KB of backlog in flight, in five batches, and sends at most 512 KB a
  /// second: only a client that is no gateway of this system, or a queue that is not being
  /// processed, reaches a sender's standard quota.
  ///
  /// @param maxBytes size of all messages
  /// @param senderBytes size of one sender's messages
  /// @param senderEvents number of one sender's events, by the batches' headers
  public record Limits(long maxBytes, long senderBytes, long senderEvents) {
    public static final Limits STANDARD = new Limits(24L << 20, 2L << 20, 100_000);

    public Limits {
      if (maxBytes < 1 || senderBytes < 1 || senderEvents < 1) {
        throw new IllegalArgumentException("maxBytes, senderBytes, senderEvents: at least 1");
      }
    }
  }

  /// The result of a send.
  public enum SendResult {
    ENQUEUED,
    /// The queue is closed, or full and no other sender has a longer queue.
    FULL,
    /// The sender's quota is used up.
    OVER_QUOTA
  }

  private record InFlight(QueuedMessage message, Instant visibleAt) {}

  private final QueueSettings settings;
  private final DeadLetterFile deadLetters;
  private final InstantSource clock;
  private final FairQueue messages;

  /// By message id, in the order of their receives.
  private final Map<String, InFlight> inFlight = new LinkedHashMap<>();

  private final Map<String, Runnable> completionCallbacks = new HashMap<>();
  private volatile Runnable listener = () -> {};
  private boolean closed;

  public FairWorkQueue(
      QueueSettings settings, Limits limits, DeadLetterFile deadLetters, InstantSource clock) {
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.messages = new FairQueue(limits);
    deadLetters.register(settings.name(), this);
  }

  public SendResult send(String body, MessageOrigin origin) {
    return send(body, origin, Optional.empty());
  }

  /// Sends a message without an origin.
  ///
  /// @param completed called when the message was removed or is a dead letter; never called if the
  ///     process ends first
  /// @return false if the queue is full or closed; the message is not enqueued then
  boolean send(String body, Runnable completed) {
    return send(body, MessageOrigin.NONE, Optional.of(completed)) == SendResult.ENQUEUED;
  }

  /// Sends messages without an origin, which are lost with the process.
  @Override
  public List<Unsent> send(List<String> bodies) {
    List<Unsent> unsent = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      if (send(bodies.get(i), MessageOrigin.NONE) != SendResult.ENQUEUED) {
        unsent.add(new Unsent(i, "the queue is full or closed"));
      }
    }
    return List.copyOf(unsent);
  }

  private SendResult send(String body, MessageOrigin origin, Optional<Runnable> completed) {
    Received sent = new Received(UUID.randomUUID().toString(), body, clock.instant(), 0);
    SendResult result = enqueue(new QueuedMessage(sent, origin), completed);
    if (result == SendResult.ENQUEUED) {
      listener.run();
    }
    return result;
  }

  private synchronized SendResult enqueue(QueuedMessage message, Optional<Runnable> completed) {
    if (closed || waiting() >= settings.capacity()) {
      return SendResult.FULL;
    }
    SendResult result = messages.offer(message);
    if (result == SendResult.ENQUEUED) {
      completed.ifPresent(it -> completionCallbacks.put(message.id(), it));
    }
    return result;
  }

  @Override
  public List<Received> receive(int most) {
    List<QueuedMessage> exhausted = new ArrayList<>();
    List<Received> batch = receive(most, exhausted);
    exhausted.forEach(it -> bury(it, "not completed within the visibility timeout"));
    return batch;
  }

  private synchronized List<Received> receive(int most, List<QueuedMessage> exhausted) {
    Instant now = clock.instant();
    Iterator<InFlight> oldestFirst = inFlight.values().iterator();
    while (oldestFirst.hasNext()) {
      InFlight next = oldestFirst.next();
      if (next.visibleAt().isAfter(now)) {
        break;
      }
      oldestFirst.remove();
      if (isExhausted(next)) {
        exhausted.add(next.message());
      } else {
        messages.requeue(next.message());
      }
    }
    List<QueuedMessage> batch =
        closed ? List.of() : messages.poll(most).stream().map(QueuedMessage::next).toList();
    Instant visibleAt = now.plus(settings.visibility());
    batch.forEach(it -> inFlight.put(it.id(), new InFlight(it, visibleAt)));
    return batch.stream().map(QueuedMessage::received).toList();
  }

  private boolean isExhausted(InFlight it) {
    return it.message().received().receives() >= settings.maxReceives();
  }

  @Override
  public void remove(Collection<String> ids) {
    takeInFlight(ids, _ -> true).forEach(this::complete);
  }

  @Override
  public void fail(Map<String, String> reasons) {
    takeInFlight(reasons.keySet(), this::isExhausted)
        .forEach(it -> bury(it, Objects.requireNonNull(reasons.get(it.id()))));
  }

  private synchronized List<QueuedMessage> takeInFlight(
      Collection<String> ids, Predicate<InFlight> which) {
    List<QueuedMessage> taken = new ArrayList<>();
    for (String id : ids) {
      InFlight message = inFlight.get(id);
      if (message != null && which.test(message)) {
        inFlight.remove(id);
        taken.add(message.message());
      }
    }
    return taken;
  }

  /// Not to be called with the lock: the file, whose lock is taken here, sends to this queue.
  private void bury(QueuedMessage message, String reason) {
    try {
      deadLetters.add(settings.name(), message.received(), reason);
    } catch (IOException e) {
      LOG.error("queue {}: a dead letter could not be written: {}", settings.name(), reason, e);
      // A redriven letter stays in the file from which it was read.
      takeCallback(message);
    }
    complete(message);
  }

  private void complete(QueuedMessage message) {
    synchronized (this) {
      messages.completed(message);
    }
    takeCallback(message).ifPresent(Runnable::run);
  }

  private synchronized Optional<Runnable> takeCallback(QueuedMessage message) {
    return Optional.ofNullable(completionCallbacks.remove(message.id()));
  }

  @Override
  public synchronized long waiting() {
    return messages.count() + (long) inFlight.size();
  }

  /// The size of all messages, in-flight ones and those that wait for a retry included.
  public synchronized long waitingBytes() {
    return messages.bytes();
  }

  /// How many messages of the longest sender queues were dropped because the queue was full.
  public synchronized long dropped() {
    return messages.dropped();
  }

  @Override
  public void onArrival(Runnable listener) {
    this.listener = listener;
  }

  /// The dead letters of all queues that share the file. A redriven one is listed until it is
  /// removed or a dead letter again.
  @Override
  public DeadLetterQueue deadLetters() {
    return deadLetters;
  }

  /// Accepts and delivers nothing more.
  @Override
  public synchronized void close() {
    closed = true;
  }
}
