package io.gympulse.system.prove;

import io.gympulse.system.prove.WebhookReceiver.Notification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The notifications that members received, compared with those that they had to receive.
///
/// @param expected free periods that had to be notified
/// @param notified free periods that were notified
/// @param missed expected ones that were not notified
/// @param doubled notifications that violate the subscription terms: of a free period under
///     another delivery id than the first one's, after the only one, within a cooldown or quiet
///     hours
/// @param spurious notifications of free periods that the stored events do not contain;
///     [SpuriousNotifications] finds their causes
record NotificationCheck(
    int expected, int notified, List<FreePeriod> missed, int doubled, Set<Notification> spurious) {
  static final NotificationCheck NONE = new NotificationCheck(0, 0, List.of(), 0, Set.of());

  /// Checks terms by which each free period is notified once.
  ///
  /// @param periods of all machines
  /// @param due whether a period had to be notified
  static NotificationCheck perPeriod(
      List<FreePeriod> periods, Predicate<FreePeriod> due, Collection<Notification> notifications) {
    int expected = 0;
    int notified = 0;
    List<FreePeriod> missed = new ArrayList<>();
    int doubled = 0;
    Set<Notification> left = new HashSet<>(notifications);
    for (FreePeriod period : periods) {
      List<Notification> its = left.stream().filter(it -> it.isAbout(period)).toList();
      its.forEach(left::remove);
      long deliveries = its.stream().map(Notification::deliveryId).distinct().count();
      boolean isDue = due.test(period);
      expected += isDue ? 1 : 0;
      notified += its.isEmpty() ? 0 : 1;
      if (isDue && its.isEmpty()) {
        missed.add(period);
      }
      doubled += (int) Math.max(0, deliveries - 1);
    }
    return new NotificationCheck(
        expected, notified, List.copyOf(missed), doubled, Set.copyOf(left));
  }

  NotificationCheck plus(NotificationCheck other) {
    return new NotificationCheck(
        expected + other.expected,
        notified + other.notified,
        Stream.concat(missed.stream(), other.missed.stream()).toList(),
        doubled + other.doubled,
        Stream.concat(spurious.stream(), other.spurious.stream())
            .collect(Collectors.toUnmodifiableSet()));
  }
}
