package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;

/// Carries notifications to one kind of place. One attempt per call, within a time limit of the
/// channel's own (seconds); what is foreseen to fail is answered, not thrown. Safe for any number
/// of threads.
///
/// @param <C> the kind of place
public interface DeliveryChannel<C extends Channel> {
  /// Tries once. The same notification may come again under the same id: after a [Outcome.Retry],
  /// or after a process died between an attempt and the note of its outcome.
  Outcome deliver(Notification notification, C to);
}
