package io.gympulse.local.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages that wait, a queue per sender, served in turn by what they cost: deficit round robin
/// (Shreedhar and Varghese, 1995). A sender whose queue is long or whose messages are dense delays
/// itself; a message of any other waits for no more than a turn of each sender before it.
///
/// A sender may have so many bytes and events here. When all of them together are too much, the
/// longest queue gives way, never a shorter one. For one thread at a time.
final class FairQueue {
  /// Handling a message costs about as much as this many bytes of it, whatever it holds.
  private static final long MESSAGE_COST = 2_000;

  /// Handling an event costs about as much as this many bytes.
  private static final long ROW_COST = 16;

  /// What a turn is worth: some ten messages of one event.
  private static final long TURN = 20_000;

  /// The most that is handed out at once, if it is more than one message: some 10,000 events.
  private static final long MOST_AT_ONCE = 200_000;

  private final long maxBytes;
  private final long maxBytesOfSender;
  private final long maxRowsOfSender;
  private final Map<String, Sender> senders = new HashMap<>();
  private final Deque<Sender> turns = new ArrayDeque<>();
  private long bytes;
  private int count;

  /// @param maxBytes of all senders together, what is handed out and not done with included
  /// @param maxBytesOfSender of one sender
  /// @param maxRowsOfSender the same, in events
  FairQueue(long maxBytes, long maxBytesOfSender, long maxRowsOfSender) {
    this.maxBytes = maxBytes;
    this.maxBytesOfSender = maxBytesOfSender;
    this.maxRowsOfSender = maxRowsOfSender;
  }

  /// What became of a message.
  sealed interface Offer {
    /// @param dropped what gave way to it
    record Taken(List<QueuedMessage> dropped) implements Offer {}

    /// Too much of all waits, and of this sender no less than of any other.
    record Full() implements Offer {}

    /// Too much of this sender waits.
    record OverQuota() implements Offer {}
  }

  /// Takes a message to be handed out, if there is room.
  Offer offer(QueuedMessage message) {
    Sender sender = senders.computeIfAbsent(message.share().sender(), _ -> new Sender());
    if (sender.bytes > 0 && !isNobodys(message) && exceeds(sender, message)) {
      return new Offer.OverQuota();
    }
    List<QueuedMessage> dropped = new ArrayList<>();
    while (bytes + message.bytes() > maxBytes) {
      Optional<Sender> longest = longest();
      if (longest.isEmpty() || longest.get().waitingBytes() <= sender.bytes + message.bytes()) {
        dropped.forEach(this::restored);
        forgotten(message.share(), sender);
        return new Offer.Full();
      }
      QueuedMessage victim = longest.get().dropLast();
      count--;
      dropped.add(victim);
      done(victim);
    }
    senders.put(message.share().sender(), sender);
    sender.bytes += message.bytes();
    sender.rows += message.share().rows();
    bytes += message.bytes();
    again(message);
    return new Offer.Taken(dropped);
  }

  private boolean exceeds(Sender sender, QueuedMessage message) {
    return sender.bytes + message.bytes() > maxBytesOfSender
        || sender.rows + message.share().rows() > maxRowsOfSender;
  }

  private static boolean isNobodys(QueuedMessage message) {
    return message.share().equals(Share.NOBODYS);
  }

  private void restored(QueuedMessage message) {
    Sender sender = senders.computeIfAbsent(message.share().sender(), _ -> new Sender());
    sender.bytes += message.bytes();
    sender.rows += message.share().rows();
    bytes += message.bytes();
    again(message);
  }

  /// Whose messages may be dropped: the longest queue of a sender that sends again.
  private Optional<Sender> longest() {
    return senders.entrySet().stream()
        .filter(it -> !it.getKey().equals(Share.NOBODYS.sender()))
        .map(Map.Entry::getValue)
        .filter(it -> !it.nothingWaits())
        .max(Comparator.comparingLong(Sender::waitingBytes));
  }

  /// Hands out a message that was handed out before and is not done with.
  void again(QueuedMessage message) {
    Sender sender = senders.computeIfAbsent(message.share().sender(), _ -> new Sender());
    if (sender.nothingWaits() && !turns.contains(sender)) {
      turns.addLast(sender);
    }
    sender.add(message);
    count++;
  }

  /// The next messages, at least one if any waits. They count until they are [#done].
  ///
  /// @param most how many
  List<QueuedMessage> poll(int most) {
    List<QueuedMessage> taken = new ArrayList<>();
    long spent = 0;
    while (taken.size() < most && !turns.isEmpty()) {
      Sender sender = turns.getFirst();
      if (sender.nothingWaits()) {
        endOfTurn(sender);
        continue;
      }
      long cost = cost(sender.next());
      if (!taken.isEmpty() && spent + cost > MOST_AT_ONCE) {
        break;
      }
      if (!sender.inTurn) {
        sender.inTurn = true;
        sender.credit += TURN;
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

  /// What is left of its credit counts for its next turn, if anything waits.
  private void endOfTurn(Sender sender) {
    turns.removeFirst();
    sender.inTurn = false;
    if (sender.nothingWaits()) {
      sender.credit = 0;
    } else {
      turns.addLast(sender);
    }
  }

  private static long cost(QueuedMessage message) {
    return MESSAGE_COST + message.bytes() + ROW_COST * message.share().rows();
  }

  /// A message that was handed out, or dropped, counts no more.
  void done(QueuedMessage message) {
    bytes -= message.bytes();
    Sender sender = senders.get(message.share().sender());
    if (sender != null) {
      sender.bytes -= message.bytes();
      sender.rows -= message.share().rows();
      forgotten(message.share(), sender);
    }
  }

  private void forgotten(Share share, Sender sender) {
    if (sender.bytes <= 0 && sender.nothingWaits()) {
      senders.remove(share.sender());
      turns.remove(sender);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// How many messages wait.
  int count() {
    return count;
  }

  /// How much text waits, or is handed out and not done with.
  long bytes() {
    return bytes;
  }

  /// How many senders have anything here.
  int senders() {
    return senders.size();
  }
}
