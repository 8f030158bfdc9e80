package io.gympulse.cloud.core.alert;

import java.time.Instant;

/// Something still to be told by one channel.
///
/// @param id the same at every attempt, and told to the receiver
/// @param since when what is told began
/// @param attempts begun so far
/// @param nextTryAt when it may be tried again; while an attempt runs, when that one counts as lost
public record PendingDelivery(
    String id, Instant since, Channel channel, int attempts, Instant nextTryAt) {

  /// Begun, and left alone until its outcome is known or must be taken for lost.
  PendingDelivery begun(Instant now) {
    return new PendingDelivery(id, since, channel, attempts + 1, now.plus(Retries.LEASE));
  }

  /// Looked at again later, as if an attempt had failed: what it tells of is not known to hold.
  PendingDelivery postponed(Instant now) {
    return new PendingDelivery(
        id, since, channel, attempts + 1, now.plus(Retries.pause(attempts + 1, 1)));
  }

  /// To be tried again later.
  PendingDelivery put(Instant later) {
    return new PendingDelivery(id, since, channel, attempts, later);
  }
}
