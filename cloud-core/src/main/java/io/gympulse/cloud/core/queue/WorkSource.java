package io.gympulse.cloud.core.queue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The receiving side of a queue. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while it cannot be used. Safe for any
/// number of threads.
public interface WorkSource {

  /// Hands out messages, which nobody else gets for the time of [QueueTerms#visibility()]. Those
  /// not removed by then are handed out again, or are dead letters if they were handed out
  /// [QueueTerms#maxReceives()] times.
  ///
  /// @param most how many at most
  List<Received> receive(int most);

  /// Removes what is done with. Unknown ids are ignored.
  void remove(Collection<String> ids);

  /// How many messages wait or are handed out; dead letters do not count.
  long waiting();

  /// Messages that were handed out too often, oldest first.
  ///
  /// @param most how many at most
  List<Received> deadLetters(int most);

  /// Puts all dead letters back into the queue, as if never received.
  ///
  /// @return how many
  int redrive();

  /// A message in somebody's hands.
  ///
  /// @param id the queue's name for it, the same at each delivery
  /// @param receives how often it was handed out, this time included
  record Received(String id, String body, Instant sentAt, int receives) {}
}
