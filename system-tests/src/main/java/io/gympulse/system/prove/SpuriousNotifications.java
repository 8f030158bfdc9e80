package io.gympulse.system.prove;

import io.gympulse.system.prove.WebhookReceiver.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The causes of notifications of free periods that the stored events do not contain.
///
/// @param endedImmediately the machine became free, and its gateway was killed before it had made
///     a later time durable, so that the gap begins at the same time as the period
/// @param beforeEvents a snapshot reported the period before the events of an outage arrived; by
///     these the machine had been free before, or became free when its gateway restarted
/// @param invented the machine did not become free at that time: an error
record SpuriousNotifications(int endedImmediately, int beforeEvents, List<Notification> invented) {

  /// @param stored events of all machines
  /// @param tolerance the largest difference of two readings of the clock
  static SpuriousNotifications explain(
      Collection<Notification> notifications, List<ObservedEvent> stored, Duration tolerance) {
    int endedImmediately = 0;
    int beforeEvents = 0;
    List<Notification> invented = new ArrayList<>();
    for (Notification notification : notifications) {
      List<ObservedEvent> ofMachine =
          stored.stream().filter(it -> it.machine().equals(notification.machine())).toList();
      Optional<ObservedEvent> free =
          ofMachine.stream()
              .filter(it -> it.status().equals("free"))
              .filter(it -> isSameTime(notification, it, tolerance))
              .findFirst();
      if (free.isEmpty()) {
        invented.add(notification);
      } else if (ofMachine.stream()
          .anyMatch(
              it -> it.at().equals(free.get().at()) && it.id().seq() > free.get().id().seq())) {
        endedImmediately++;
      } else {
        beforeEvents++;
      }
    }
    return new SpuriousNotifications(endedImmediately, beforeEvents, List.copyOf(invented));
  }

  private static boolean isSameTime(
      Notification notification, ObservedEvent event, Duration tolerance) {
    Duration difference = Duration.between(event.at().orElseThrow(), notification.since()).abs();
    return difference.compareTo(tolerance) <= 0;
  }
}
