package io.gympulse.cloud.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is kept together with the deliveries that follow from it: immutable, changed by replacing
/// it with a successor. Each change answers the successor, or the record itself if nothing changed.
///
/// @param <T> the kind of record
public interface DeliveryRecord<T extends DeliveryRecord<T>> {
  /// A record after an input.
  ///
  /// @param send what to send now that `next` is kept
  record Step<T>(T next, List<PendingDelivery> send) {
    public Step {
      send = List.copyOf(send);
    }
  }

  /// Grows with each change.
  long version();

  /// A channel took it.
  T delivered(String deliveryId);

  /// The channel will never take it.
  T gone(String deliveryId);

  /// An attempt failed; it is tried again later unless it was the last.
  ///
  /// @param random in `[0, 1)`
  /// @param wish how long the place wants to be left alone
  T failed(String deliveryId, Instant now, double random, Duration wish);
}
