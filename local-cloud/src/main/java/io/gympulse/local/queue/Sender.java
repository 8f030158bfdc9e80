package io.gympulse.local.queue;

import java.util.ArrayDeque;
import java.util.Deque;

/// What one sender has in a queue: live messages, and backlog behind them, which has every fourth
/// turn. For one thread at a time.
final class Sender {
  private static final int LIVE_TURNS = 3;

  private final Deque<QueuedMessage> live = new ArrayDeque<>();
  private final Deque<QueuedMessage> backlog = new ArrayDeque<>();
  private int liveInARow;

  /// How much may be handed out in this turn.
  long credit;

  /// Whether the credit of this turn is given.
  boolean inTurn;

  /// Of what waits and of what is handed out and not done with.
  long bytes;

  /// The same, in events.
  long rows;

  private long waitingBytes;

  void add(QueuedMessage message) {
    (message.share().backlog() ? backlog : live).addLast(message);
    waitingBytes += message.bytes();
  }

  boolean nothingWaits() {
    return live.isEmpty() && backlog.isEmpty();
  }

  /// Of what waits to be handed out.
  long waitingBytes() {
    return waitingBytes;
  }

  /// What is handed out next. Something has to wait.
  QueuedMessage next() {
    return turn().getFirst();
  }

  QueuedMessage take() {
    Deque<QueuedMessage> turn = turn();
    QueuedMessage taken = turn.removeFirst();
    liveInARow = taken.share().backlog() ? 0 : liveInARow + 1;
    waitingBytes -= taken.bytes();
    return taken;
  }

  /// Gives up what was sent last, backlog first. Something has to wait.
  QueuedMessage dropLast() {
    QueuedMessage dropped = (backlog.isEmpty() ? live : backlog).removeLast();
    waitingBytes -= dropped.bytes();
    return dropped;
  }

  private Deque<QueuedMessage> turn() {
    boolean itsTurn = live.isEmpty() || liveInARow >= LIVE_TURNS;
    return itsTurn && !backlog.isEmpty() ? backlog : live;
  }
}
