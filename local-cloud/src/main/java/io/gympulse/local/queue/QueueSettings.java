package io.gympulse.local.queue;

import java.time.Duration;

/// How a queue hands out messages.
///
/// @param name the queue's name, used in events and in dead letters
/// @param batchSize most messages in one call of the handler, 1 to 10 as a standard queue's default
/// @param window how long a batch that is not full waits for more; zero takes what is there
/// @param visibility how long after a failed call its messages are handed out again
/// @param maxReceives how often a message is tried before it becomes a dead letter
/// @param maxWaitingBytes how much text may wait; more is refused
/// @param concurrency how many calls run at once
/// @param ofSender how much of one sender may wait; more is refused as over its quota
public record QueueSettings(
    String name,
    int batchSize,
    Duration window,
    Duration visibility,
    int maxReceives,
    long maxWaitingBytes,
    int concurrency,
    OfSender ofSender) {

  private static final long MAX_WAITING = 24L << 20;

  /// How much of one sender may wait. A gateway has at most 64 KB of backlog on its way, in five
  /// batches, and sends no more than 512 KB a second; so this is reached only by what is no gateway
  /// of this system, or behind a queue that stands still.
  ///
  /// @param maxBytes how much text
  /// @param maxRows how many events, by the batches' headers
  public record OfSender(long maxBytes, long maxRows) {
    public static final OfSender STANDARD = new OfSender(2L << 20, 100_000);

    public OfSender {
      if (maxBytes < 1 || maxRows < 1) {
        throw new IllegalArgumentException("maxBytes, maxRows of a sender: at least 1");
      }
    }
  }

  public QueueSettings {
    if (batchSize < 1 || batchSize > 10) {
      throw new IllegalArgumentException("batchSize: 1 to 10, not " + batchSize);
    }
    if (maxReceives < 1 || maxWaitingBytes < 1 || concurrency < 1) {
      throw new IllegalArgumentException("maxReceives, maxWaitingBytes, concurrency: at least 1");
    }
  }

  /// The product's queue: 5 receives, batches of up to 10, calls one after another.
  public static QueueSettings standard(String name) {
    return new QueueSettings(
        name, 10, Duration.ZERO, Duration.ofSeconds(30), 5, MAX_WAITING, 1, OfSender.STANDARD);
  }
}
