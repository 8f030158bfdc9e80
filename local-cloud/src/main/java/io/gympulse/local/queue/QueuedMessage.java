package io.gympulse.local.queue;

/// A message in a queue.
///
/// @param sentAt epoch milliseconds of the send
/// @param receives how often it was handed to the handler
record QueuedMessage(String id, String body, long sentAt, int receives) {

  QueuedMessage received() {
    return new QueuedMessage(id, body, sentAt, receives + 1);
  }
}
