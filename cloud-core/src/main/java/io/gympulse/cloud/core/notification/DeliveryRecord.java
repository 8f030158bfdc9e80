package io.gympulse.cloud.core.notification;

import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A record that is stored together with its deliveries. Immutable: each change returns a
/// successor, or the record itself if nothing changed.
///
/// @param <T> the kind of record
public interface DeliveryRecord<T extends DeliveryRecord<T>> {
  /// The result of an input.
  ///
  /// @param send deliveries to attempt once `next` is stored
  record Step<T>(T next, List<PendingDelivery> send) {
    public Step {
      send = List.copyOf(send);
    }
  }

  /// Increases with each change.
  long version();

  /// The channel accepted the delivery.
  T delivered(String deliveryId);

  /// The channel will never accept the delivery.
  T gone(String deliveryId);

  /// An attempt failed; it is retried later unless it was the last.
  ///
  /// @param random in `[0, 1)`
  /// @param retryAfter the minimum pause that the receiver asked for
  T failed(String deliveryId, Instant now, double random, Duration retryAfter);
}
