package io.gympulse.local.queue;

import java.util.ArrayDeque;
import java.util.Deque;

/// The messages of one sender: live ones, and backlog, which gets every fourth delivery while there
/// are live ones. For one thread at a time.
final class SenderQueue {
  private static final int MAX_LIVE_IN_A_ROW = 3;

  private final Deque<QueuedMessage> live = new ArrayDeque<>();
  private final Deque<QueuedMessage> backlog = new ArrayDeque<>();
  private int liveInARow;

  /// The cost that may still be spent in this turn.
  long credit;

  /// Whether the credit of the current turn was added.
  boolean inTurn;

  /// Size of the enqueued and in-flight messages.
  long bytes;

  /// Events of the enqueued and in-flight messages.
  long events;

  private long waitingBytes;

  void add(QueuedMessage message) {
    (message.origin().backlog() ? backlog : live).addLast(message);
    waitingBytes += message.bytes();
  }

  boolean isEmpty() {
    return live.isEmpty() && backlog.isEmpty();
  }

  /// Size of the enqueued messages.
  long waitingBytes() {
    return waitingBytes;
  }

  /// The next message. The queue must not be empty.
  QueuedMessage next() {
    return nextQueue().getFirst();
  }

  QueuedMessage take() {
    QueuedMessage taken = nextQueue().removeFirst();
    liveInARow = taken.origin().backlog() ? 0 : liveInARow + 1;
    waitingBytes -= taken.bytes();
    return taken;
  }

  /// Drops the message that was sent last, backlog first. The queue must not be empty.
  QueuedMessage dropLast() {
    QueuedMessage dropped = (backlog.isEmpty() ? live : backlog).removeLast();
    waitingBytes -= dropped.bytes();
    return dropped;
  }

  private Deque<QueuedMessage> nextQueue() {
    boolean backlogIsDue = live.isEmpty() || liveInARow >= MAX_LIVE_IN_A_ROW;
    return backlogIsDue && !backlog.isEmpty() ? backlog : live;
  }
}
