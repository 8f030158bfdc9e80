package io.gympulse.local.queue;

import io.gympulse.cloud.core.queue.WorkSource.Received;

/// A message of a [FairWorkQueue].
///
/// @param received the message with its receives until now
/// @param origin the sender whose quota and turn it uses
record QueuedMessage(Received received, MessageOrigin origin) {

  String id() {
    return received.id();
  }

  /// The length of the body in UTF-16 characters; a little less than its bytes if it is not ASCII.
  long bytes() {
    return received.body().length();
  }

  /// The message with one more receive.
  QueuedMessage next() {
    Received next =
        new Received(received.id(), received.body(), received.sentAt(), received.receives() + 1);
    return new QueuedMessage(next, origin);
  }
}
