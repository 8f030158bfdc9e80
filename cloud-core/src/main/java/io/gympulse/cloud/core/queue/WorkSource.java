package io.gympulse.cloud.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The receiving side of a queue. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while it cannot be used. Safe for any
/// number of threads.
public interface WorkSource {
  /// A queue's settings.
  ///
  /// @param name identifies the queue in events, dead letters, threads and the log
  /// @param visibility the visibility timeout: how long a received message is hidden from others
  /// @param maxReceives how often a message is received before it becomes a dead letter
  /// @param capacity how many messages may wait; more are refused
  record QueueSettings(String name, Duration visibility, int maxReceives, int capacity) {
    public QueueSettings {
      if (visibility.isNegative() || visibility.isZero()) {
        throw new IllegalArgumentException("visibility: more than zero, not " + visibility);
      }
      if (maxReceives < 1 || capacity < 1) {
        throw new IllegalArgumentException("maxReceives, capacity: at least 1");
      }
    }

    /// Visibility 30 s, 5 receives, a million messages.
    public static QueueSettings standard(String name) {
      return new QueueSettings(name, Duration.ofSeconds(30), 5, 1_000_000);
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

  /// Reports messages whose processing failed. One that was received
  /// [QueueSettings#maxReceives()] times becomes a dead letter now, the others are received again
  /// after the visibility timeout. Unknown ids are ignored.
  ///
  /// @param reasons by message id
  void fail(Map<String, String> reasons);

  /// How many messages are waiting or in flight, without dead letters.
  long waiting();

  /// Calls the listener whenever messages were sent or redriven, on the thread that did so; it must
  /// not block. Replaces an earlier listener.
  void onArrival(Runnable listener);

  /// The dead letters, oldest first. A redriven one has a receive count of 0.
  DeadLetterQueue deadLetters();

  /// A message in flight.
  ///
  /// @param id the queue's id of it, the same at each delivery
  /// @param receives how often it was received, this time included
  record Received(String id, String body, Instant sentAt, int receives) {}
}
