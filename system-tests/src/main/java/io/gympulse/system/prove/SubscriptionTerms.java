package io.gympulse.system.prove;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.system.prove.WebhookReceiver.Notification;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When a member's alert notifies that a machine became free.
sealed interface SubscriptionTerms {
  /// Used in reports, user ids and webhook paths.
  String name();

  /// Sets the fields of the alert's JSON.
  void writeTo(ObjectNode alert);

  /// Compares notifications with these terms.
  ///
  /// @param periods of all machines
  /// @param notifications to the members with these terms, in the order in which they came
  NotificationCheck check(
      List<FreePeriod> periods, Expectation expectation, List<Notification> notifications);

  /// Which notifications could be expected, given the disruptions of the run.
  interface Expectation {
    /// Whether everything ran when the period began, and for long enough after its gateway
    /// detected it.
    boolean mustNotify(FreePeriod period);

    /// Whether everything ran for long enough to notify within this period.
    boolean hadTimeToNotify(FreePeriod period);

    /// Whether everything ran for long enough after this notification for the cloud to record its
    /// success.
    boolean isRecorded(Notification notification);
  }

  /// One notification per free period.
  record EveryPeriod() implements SubscriptionTerms {
    @Override
    public String name() {
      return "every-period";
    }

    @Override
    public void writeTo(ObjectNode alert) {
      alert.put("repeat", true).put("cooldown", 0);
    }

    @Override
    public NotificationCheck check(
        List<FreePeriod> periods, Expectation expectation, List<Notification> notifications) {
      return NotificationCheck.perPeriod(periods, expectation::mustNotify, notifications);
    }
  }

  /// A single notification. A second one is allowed if the cloud was killed before it recorded
  /// the first one's success.
  record Once() implements SubscriptionTerms {
    @Override
    public String name() {
      return "once";
    }

    @Override
    public void writeTo(ObjectNode alert) {
      alert.put("repeat", false);
    }

    @Override
    public NotificationCheck check(
        List<FreePeriod> periods, Expectation expectation, List<Notification> notifications) {
      Map<String, List<Notification>> byMachine =
          notifications.stream().collect(groupingBy(Notification::machine));
      Map<String, List<FreePeriod>> due =
          periods.stream().filter(expectation::mustNotify).collect(groupingBy(FreePeriod::machine));
      List<FreePeriod> missed =
          due.entrySet().stream()
              .filter(it -> !byMachine.containsKey(it.getKey()))
              .map(it -> it.getValue().getFirst())
              .toList();
      int doubled =
          byMachine.values().stream().mapToInt(it -> countRepeated(it, expectation)).sum();
      return new NotificationCheck(due.size(), byMachine.size(), missed, doubled, Set.of());
    }

    private static int countRepeated(List<Notification> ofMachine, Expectation expectation) {
      Set<String> recorded = new HashSet<>();
      int repeated = 0;
      for (Notification it : ofMachine) {
        repeated += !recorded.isEmpty() && !recorded.contains(it.deliveryId()) ? 1 : 0;
        if (expectation.isRecorded(it)) {
          recorded.add(it.deliveryId());
        }
      }
      return repeated;
    }
  }

  /// No notification of a free period that begins within the cooldown after another notification.
  record WithCooldown(Duration cooldown) implements SubscriptionTerms {
    @Override
    public String name() {
      return "cooldown";
    }

    @Override
    public void writeTo(ObjectNode alert) {
      alert.put("repeat", true).put("cooldown", cooldown.toSeconds());
    }

    @Override
    public NotificationCheck check(
        List<FreePeriod> periods, Expectation expectation, List<Notification> notifications) {
      List<FreePeriod> due =
          periods.stream()
              .filter(expectation::mustNotify)
              .filter(period -> notifications.stream().noneMatch(it -> mayBeSuppressed(period, it)))
              .toList();
      List<FreePeriod> missed = new ArrayList<>(due);
      missed.removeIf(period -> notifications.stream().anyMatch(it -> it.isAbout(period)));
      int doubled =
          (int)
              notifications.stream()
                  .filter(it -> isTooEarly(it, notifications, expectation))
                  .count();
      return new NotificationCheck(
          due.size(), notifications.size(), List.copyOf(missed), doubled, Set.of());
    }

    /// The cooldown began at the latest when the member was notified.
    private boolean mayBeSuppressed(FreePeriod period, Notification earlier) {
      return earlier.machine().equals(period.machine())
          && earlier.since().isBefore(period.from())
          && period.from().isBefore(earlier.receivedAt().plus(cooldown));
    }

    /// The cooldown began at the earliest with the free period of the earlier notification.
    private boolean isTooEarly(
        Notification notification, List<Notification> all, Expectation expectation) {
      return all.stream()
          .filter(it -> it.machine().equals(notification.machine()) && expectation.isRecorded(it))
          .anyMatch(
              it ->
                  it.since().isBefore(notification.since())
                      && notification.since().isBefore(it.since().plus(cooldown)));
    }
  }

  /// One notification per free period, but none within quiet hours: it is delayed to their end,
  /// and dropped if the period ends before.
  ///
  /// @param start of the quiet hours of the only day that is run
  /// @param end of the same quiet hours
  /// @param zone of the alert's quiet hours
  record WithQuietHours(Instant start, Instant end, ZoneId zone) implements SubscriptionTerms {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    @Override
    public String name() {
      return "quiet-hours";
    }

    @Override
    public void writeTo(ObjectNode alert) {
      alert.put("repeat", true).put("cooldown", 0).put("zone", zone.getId());
      alert.putObject("quiet_hours").put("start", format(start)).put("end", format(end));
    }

    private String format(Instant at) {
      return TIME.format(at.atZone(zone));
    }

    @Override
    public NotificationCheck check(
        List<FreePeriod> periods, Expectation expectation, List<Notification> notifications) {
      List<FreePeriod> due = periods.stream().filter(it -> isDue(it, expectation)).toList();
      List<FreePeriod> missed = new ArrayList<>(due);
      missed.removeIf(period -> notifications.stream().anyMatch(it -> it.isAbout(period)));
      int doubled = (int) notifications.stream().filter(this::violatesQuietHours).count();
      return new NotificationCheck(
          due.size(), notifications.size(), List.copyOf(missed), doubled, Set.of());
    }

    private boolean isDue(FreePeriod period, Expectation expectation) {
      return expectation.mustNotify(period)
          && outsideQuietHours(period)
              .filter(it -> it.equals(period) || expectation.hadTimeToNotify(it))
              .isPresent();
    }

    /// The part of a period in which it may be notified. Empty also if the period reaches from
    /// before the quiet hours into them, as its gateway may have detected it after their start.
    private Optional<FreePeriod> outsideQuietHours(FreePeriod period) {
      if (!period.to().isAfter(start) || !period.from().isBefore(end)) {
        return Optional.of(period);
      }
      return period.to().isAfter(end)
          ? Optional.of(new FreePeriod(period.machine(), end, period.to()))
          : Optional.empty();
    }

    /// Whether the period began within the quiet hours and was notified before their end.
    private boolean violatesQuietHours(Notification it) {
      return !it.since().isBefore(start) && it.receivedAt().isBefore(end);
    }
  }
}
