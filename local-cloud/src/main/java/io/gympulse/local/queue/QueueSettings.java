package io.gympulse.local.queue;

import java.time.Duration;

/// How a [StandardQueue] delivers messages.
///
/// @param name the queue's name, used in events and in dead letters
/// @param batchSize most messages in one invocation, 1 to 10 as SQS's default for standard queues
/// @param window how long a batch that is not full waits for more messages; zero for no wait
/// @param visibility how long after a failed invocation its messages are delivered again
/// @param maxReceives how often a message is delivered before it becomes a dead letter
/// @param maxBytes the size of all messages; more are refused
/// @param concurrency how many invocations run at once
/// @param perSender the quota of one sender; messages beyond it are refused
public record QueueSettings(
    String name,
    int batchSize,
    Duration window,
    Duration visibility,
    int maxReceives,
    long maxBytes,
    int concurrency,
    SenderQuota perSender) {

  private static final long MAX_BYTES = 24L << 20;

  /// How much of one sender may be in the queue. A gateway has at most 64 KB of backlog in flight,
  /// in five batches, and sends at most 512 KB a second: only a client that is no gateway of this
  /// system, or a queue that is not being processed, reaches the standard quota.
  ///
  /// @param maxBytes size of the messages
  /// @param maxEvents number of events, by the batches' headers
  public record SenderQuota(long maxBytes, long maxEvents) {
    public static final SenderQuota STANDARD = new SenderQuota(2L << 20, 100_000);

    public SenderQuota {
      if (maxBytes < 1 || maxEvents < 1) {
        throw new IllegalArgumentException("maxBytes, maxEvents of a sender: at least 1");
      }
    }
  }

  public QueueSettings {
    if (batchSize < 1 || batchSize > 10) {
      throw new IllegalArgumentException("batchSize: 1 to 10, not " + batchSize);
    }
    if (maxReceives < 1 || maxBytes < 1 || concurrency < 1) {
      throw new IllegalArgumentException("maxReceives, maxBytes, concurrency: at least 1");
    }
  }

  /// The product's queue: 5 receives, batches of up to 10, one invocation after another.
  public static QueueSettings standard(String name) {
    return new QueueSettings(
        name, 10, Duration.ZERO, Duration.ofSeconds(30), 5, MAX_BYTES, 1, SenderQuota.STANDARD);
  }
}
