package io.gympulse.local.queue;

/// A message in a queue.
///
/// @param sentAt epoch milliseconds of the send
/// @param receives how often it was handed to the handler
/// @param share whose turn it takes
record QueuedMessage(String id, String body, long sentAt, int receives, Share share) {

  QueuedMessage(String id, String body, long sentAt, int receives) {
    this(id, body, sentAt, receives, Share.NOBODYS);
  }

  QueuedMessage received() {
    return new QueuedMessage(id, body, sentAt, receives + 1, share);
  }

  /// Its text's length; a little less than its bytes where that is not ASCII.
  long bytes() {
    return body.length();
  }
}
