package io.gympulse.local.queue;

import io.gympulse.local.queue.FairWorkQueue.Limits;
import io.gympulse.local.queue.FairWorkQueue.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages in one queue per sender, served by deficit round robin on their cost (Shreedhar and
/// Varghese, 1995). A sender with a long queue or expensive messages delays itself only: a message
/// of another sender waits for at most one turn of each sender before it.
///
/// Each sender has a quota of bytes and events. When all queues together reach their limit,
/// messages of the longest queue are dropped, never of a shorter one. For one thread at a time.
final class FairQueue {
  /// The fixed cost of handling a message, in bytes.
  private static final long MESSAGE_COST = 2_000;

  /// The cost of handling an event, in bytes.
  private static final long EVENT_COST = 16;

  /// The credit of a turn: some ten messages of one event.
  private static final long QUANTUM = 20_000;

  /// The highest cost of a batch of more than one message: some 10,000 events.
  private static final long MAX_BATCH_COST = 200_000;

  private final Limits limits;
  private final Map<String, SenderQueue> senders = new HashMap<>();
  private final Deque<SenderQueue> turns = new ArrayDeque<>();
  private long bytes;
  private int count;
  private long dropped;

  FairQueue(Limits limits) {
    this.limits = limits;
  }

  /// Enqueues a message if there is room.
  SendResult offer(QueuedMessage message) {
    SenderQueue sender = senders.computeIfAbsent(message.origin().sender(), _ -> new SenderQueue());
    if (sender.bytes > 0 && !hasNoOrigin(message) && exceeds(sender, message)) {
      return SendResult.OVER_QUOTA;
    }
    List<QueuedMessage> evicted = new ArrayList<>();
    while (bytes + message.bytes() > limits.maxBytes()) {
      Optional<SenderQueue> longest = longest();
      if (longest.isEmpty() || longest.get().waitingBytes() <= sender.bytes + message.bytes()) {
        evicted.forEach(this::add);
        removeIfEmpty(message.origin(), sender);
        return SendResult.FULL;
      }
      QueuedMessage victim = longest.get().dropLast();
      count--;
      evicted.add(victim);
      completed(victim);
    }
    senders.put(message.origin().sender(), sender);
    add(message);
    dropped += evicted.size();
    return SendResult.ENQUEUED;
  }

  private boolean exceeds(SenderQueue sender, QueuedMessage message) {
    return sender.bytes + message.bytes() > limits.senderBytes()
        || sender.events + message.origin().maxEvents() > limits.senderEvents();
  }

  private static boolean hasNoOrigin(QueuedMessage message) {
    return message.origin().equals(MessageOrigin.NONE);
  }

  private void add(QueuedMessage message) {
    SenderQueue sender = senders.computeIfAbsent(message.origin().sender(), _ -> new SenderQueue());
    sender.bytes += message.bytes();
    sender.events += message.origin().maxEvents();
    bytes += message.bytes();
    requeue(message);
  }

  /// The sender with the longest queue, whose messages may be dropped since it sends them again.
  private Optional<SenderQueue> longest() {
    return senders.entrySet().stream()
        .filter(it -> !it.getKey().equals(MessageOrigin.NONE.sender()))
        .map(Map.Entry::getValue)
        .filter(it -> !it.isEmpty())
        .max(Comparator.comparingLong(SenderQueue::waitingBytes));
  }

  /// Enqueues an in-flight message again.
  void requeue(QueuedMessage message) {
    SenderQueue sender = senders.computeIfAbsent(message.origin().sender(), _ -> new SenderQueue());
    if (sender.isEmpty() && !turns.contains(sender)) {
      turns.addLast(sender);
    }
    sender.add(message);
    count++;
  }

  /// Removes the next messages, at least one if there is any. They are in flight, and count for the
  /// limits, until they are [#completed].
  List<QueuedMessage> poll(int max) {
    List<QueuedMessage> taken = new ArrayList<>();
    long spent = 0;
    while (taken.size() < max && !turns.isEmpty()) {
      SenderQueue sender = turns.getFirst();
      if (sender.isEmpty()) {
        endOfTurn(sender);
        continue;
      }
      long cost = cost(sender.next());
      if (!taken.isEmpty() && spent + cost > MAX_BATCH_COST) {
        break;
      }
      if (!sender.inTurn) {
        sender.inTurn = true;
        sender.credit += QUANTUM;
      }
      if (cost > sender.credit && turns.size() > 1) {
        endOfTurn(sender);
        continue;
      }
      sender.credit = Math.max(0, sender.credit - cost);
      spent += cost;
      taken.add(sender.take());
      count--;
    }
    return taken;
  }

  /// The sender keeps unused credit for its next turn unless its queue is empty.
  private void endOfTurn(SenderQueue sender) {
    turns.removeFirst();
    sender.inTurn = false;
    if (sender.isEmpty()) {
      sender.credit = 0;
    } else {
      turns.addLast(sender);
    }
  }

  private static long cost(QueuedMessage message) {
    return MESSAGE_COST + message.bytes() + EVENT_COST * message.origin().maxEvents();
  }

  /// Removes an in-flight or dropped message from the counts.
  void completed(QueuedMessage message) {
    bytes -= message.bytes();
    SenderQueue sender = senders.get(message.origin().sender());
    if (sender != null) {
      sender.bytes -= message.bytes();
      sender.events -= message.origin().maxEvents();
      removeIfEmpty(message.origin(), sender);
    }
  }

  private void removeIfEmpty(MessageOrigin origin, SenderQueue sender) {
    if (sender.bytes <= 0 && sender.isEmpty()) {
      senders.remove(origin.sender());
      turns.remove(sender);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// How many messages are enqueued.
  int count() {
    return count;
  }

  /// The size of enqueued and in-flight messages.
  long bytes() {
    return bytes;
  }

  /// How many messages were dropped to make room for others.
  long dropped() {
    return dropped;
  }

  /// How many senders have enqueued or in-flight messages.
  int senders() {
    return senders.size();
  }
}
