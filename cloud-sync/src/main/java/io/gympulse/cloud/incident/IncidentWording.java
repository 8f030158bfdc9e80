package io.gympulse.cloud.incident;

import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.alert.NotificationKind;
import io.gympulse.cloud.alert.Recipient;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.dispatch.Correlation;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts what operators are told into words; times in UTC.
final class IncidentWording {
  private static final int MOST_NAMED = 5;

  private final FloorPlans plans;

  IncidentWording(FloorPlans plans) {
    this.plans = plans;
  }

  Notification of(Incident incident, String deliveryId) {
    List<Subject> all = Stream.concat(incident.out().stream(), incident.back().stream()).toList();
    Subject first = all.getFirst();
    boolean many = all.size() > 1;
    Optional<GymId> gym =
        all.stream().allMatch(it -> it.gym().equals(first.gym()))
            ? Optional.of(first.gym())
            : Optional.empty();
    return new Notification(
        deliveryId,
        kind(incident, many),
        new Recipient.Operators(),
        machine(first),
        gym,
        category(first),
        many ? "%d gateways".formatted(all.size()) : name(first),
        incident.since(),
        Correlation.of(id(first), incident.since()),
        text(incident, all));
  }

  private static NotificationKind kind(Incident incident, boolean many) {
    boolean open = incident.isOpen();
    return switch (incident.kind()) {
      case OUTBOX_CONFLICT -> NotificationKind.OUTBOX_CONFLICT;
      case SENSOR_FAULT -> open ? NotificationKind.SENSOR_FAULT : NotificationKind.SENSOR_RECOVERED;
      case GATEWAY_OVER_QUOTA ->
          open ? NotificationKind.GATEWAY_OVER_QUOTA : NotificationKind.GATEWAY_WITHIN_QUOTA;
      case GATEWAY_OFFLINE -> {
        if (many) {
          yield open
              ? NotificationKind.MANY_GATEWAYS_OFFLINE
              : NotificationKind.MANY_GATEWAYS_ONLINE;
        }
        yield open ? NotificationKind.GATEWAY_OFFLINE : NotificationKind.GATEWAY_ONLINE;
      }
    };
  }

  private String text(Incident incident, List<Subject> all) {
    String form =
        switch (kind(incident, all.size() > 1)) {
          case MANY_GATEWAYS_OFFLINE ->
              "%3$d gateways fell silent at once, noticed at %2$s: %1$s."
                  + " Look at the cloud and its network first.";
          case MANY_GATEWAYS_ONLINE ->
              "All %3$d gateways that fell silent at once, noticed at %2$s, are heard again: %1$s.";
          case GATEWAY_OFFLINE -> "Gateway %1$s is not heard any more, noticed at %2$s.";
          case GATEWAY_ONLINE -> "Gateway %1$s, silent as noticed at %2$s, is heard again.";
          case OUTBOX_CONFLICT ->
              "Gateway %1$s sent events of a copied outbox, %4$s, noticed at %2$s. It begins a new"
                  + " one by itself; see that no other gateway runs from a copy of its card.";
          case SENSOR_FAULT -> "The sensor of %1$s is not believed since %2$s: %4$s.";
          case GATEWAY_OVER_QUOTA ->
              "Gateway %1$s sends more than one gateway may since %2$s (%4$s). The rest is refused"
                  + " until later. Unless it has a backlog of its own making, revoke its"
                  + " certificate.";
          case GATEWAY_WITHIN_QUOTA ->
              "Gateway %1$s, over its quota since %2$s, has kept within it for ten minutes.";
          case SENSOR_RECOVERED, MACHINE_FREE ->
              "The sensor of %1$s, not believed since %2$s, is believed again.";
        };
    return form.formatted(
        names(all),
        incident.since().truncatedTo(ChronoUnit.SECONDS),
        all.size(),
        incident.detail());
  }

  private String names(List<Subject> all) {
    String named = all.stream().limit(MOST_NAMED).map(this::full).collect(Collectors.joining(", "));
    return all.size() > MOST_NAMED
        ? "%s and %d more".formatted(named, all.size() - MOST_NAMED)
        : named;
  }

  private String full(Subject subject) {
    String gym = plans.find(subject.gym()).map(it -> it.gym().name()).orElse(subject.gym().value());
    return "%s at %s".formatted(name(subject), gym);
  }

  private String name(Subject subject) {
    return switch (subject) {
      case Subject.Gateway gateway -> gateway.address().gateway().value();
      case Subject.Quota quota -> quota.address().gateway().value();
      case Subject.Sensors sensors ->
          plans
              .locate(sensors.machine())
              .map(it -> it.machine().name())
              .orElse(sensors.machine().value());
    };
  }

  private static String id(Subject subject) {
    return switch (subject) {
      case Subject.Gateway gateway -> gateway.address().gateway().value();
      case Subject.Quota quota -> quota.address().gateway().value();
      case Subject.Sensors sensors -> sensors.machine().value();
    };
  }

  private static Optional<MachineId> machine(Subject subject) {
    return switch (subject) {
      case Subject.Gateway _, Subject.Quota _ -> Optional.empty();
      case Subject.Sensors sensors -> Optional.of(sensors.machine());
    };
  }

  private Optional<CategoryId> category(Subject subject) {
    return machine(subject).flatMap(plans::locate).map(it -> it.machine().category());
  }
}
