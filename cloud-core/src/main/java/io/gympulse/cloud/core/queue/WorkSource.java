package io.gympulse.cloud.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The receiving side of a queue. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while it cannot be used. Safe for any
/// number of threads.
public interface WorkSource {
  /// A queue's settings.
  ///
  /// @param visibility the visibility timeout: how long a received message is hidden from others
  /// @param maxReceives how often a message is received before it becomes a dead letter
  /// @param capacity how many messages may wait; more are refused
  record QueueSettings(Duration visibility, int maxReceives, int capacity) {
    /// Visibility 30 s, 5 receives, a million messages.
    public static final QueueSettings STANDARD =
        new QueueSettings(Duration.ofSeconds(30), 5, 1_000_000);

    public QueueSettings {
      if (visibility.isNegative() || visibility.isZero()) {
        throw new IllegalArgumentException("visibility: more than zero, not " + visibility);
      }
      if (maxReceives < 1 || capacity < 1) {
        throw new IllegalArgumentException("maxReceives, capacity: at least 1");
      }
    }
  }

  /// Receives messages, which are hidden from others for [QueueSettings#visibility()]. A message
  /// that is not removed by then is received again, or becomes a dead letter if it was received
  /// [QueueSettings#maxReceives()] times.
  ///
  /// @param most how many at most
  List<Received> receive(int most);

  /// Removes processed messages. Unknown ids are ignored.
  void remove(Collection<String> ids);

  /// How many messages are waiting or in flight, without dead letters.
  long waiting();

  /// Dead letters, oldest first.
  ///
  /// @param most how many at most
  List<Received> deadLetters(int most);

  /// Puts all dead letters back into the queue, with a receive count of 0.
  ///
  /// @return how many
  int redrive();

  /// A message in flight.
  ///
  /// @param id the queue's id of it, the same at each delivery
  /// @param receives how often it was received, this time included
  record Received(String id, String body, Instant sentAt, int receives) {}
}
