package io.gympulse.cloud.incident;

import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.notify.Notification;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Composes the text of operators' notifications; times in UTC.
final class IncidentWording {
  private static final int MAX_NAMED = 5;

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
        new Notification.Recipient.Operators(),
        machine(first),
        gym,
        category(first),
        many ? "%d gateways".formatted(all.size()) : name(first),
        incident.since(),
        FeedUpdate.correlationId(id(first), incident.since()),
        text(incident, all));
  }

  private static Notification.Kind kind(Incident incident, boolean many) {
    boolean open = incident.isOpen();
    return switch (incident.kind()) {
      case OUTBOX_CONFLICT -> Notification.Kind.OUTBOX_CONFLICT;
      case SENSOR_FAULT ->
          open ? Notification.Kind.SENSOR_FAULT : Notification.Kind.SENSOR_RECOVERED;
      case GATEWAY_OVER_QUOTA ->
          open ? Notification.Kind.GATEWAY_OVER_QUOTA : Notification.Kind.GATEWAY_WITHIN_QUOTA;
      case GATEWAY_HEALTH ->
          open ? Notification.Kind.GATEWAY_UNHEALTHY : Notification.Kind.GATEWAY_HEALTHY;
      case GATEWAY_OFFLINE -> {
        if (many) {
          yield open
              ? Notification.Kind.MANY_GATEWAYS_OFFLINE
              : Notification.Kind.MANY_GATEWAYS_ONLINE;
        }
        yield open ? Notification.Kind.GATEWAY_OFFLINE : Notification.Kind.GATEWAY_ONLINE;
      }
    };
  }

  private String text(Incident incident, List<Subject> all) {
    String form =
        switch (kind(incident, all.size() > 1)) {
          case MANY_GATEWAYS_OFFLINE ->
              "%3$d gateways went offline at once, detected at %2$s: %1$s."
                  + " Look at the cloud and its network first.";
          case MANY_GATEWAYS_ONLINE ->
              "All %3$d gateways that went offline at once, detected at %2$s, are online again: %1$s.";
          case GATEWAY_OFFLINE -> "Gateway %1$s is offline, detected at %2$s.";
          case GATEWAY_ONLINE -> "Gateway %1$s, offline as detected at %2$s, is online again.";
          case OUTBOX_CONFLICT ->
              "Gateway %1$s sent events of a copied outbox, %4$s, detected at %2$s. It begins a new"
                  + " one by itself; make sure that no other gateway runs from a copy of its card.";
          case SENSOR_FAULT -> "The sensor of %1$s is faulty since %2$s: %4$s.";
          case GATEWAY_OVER_QUOTA ->
              "Gateway %1$s is over its quota since %2$s (%4$s). The excess is rejected until later."
                  + " Unless it has a backlog to send, revoke its certificate.";
          case GATEWAY_WITHIN_QUOTA ->
              "Gateway %1$s, over its quota since %2$s, has been within it for ten minutes.";
          case GATEWAY_UNHEALTHY -> "Gateway %1$s needs attention since %2$s: %4$s.";
          case GATEWAY_HEALTHY ->
              "Gateway %1$s, of which was reported at %2$s that %4$s, reports this no more.";
          case SENSOR_RECOVERED, MACHINE_FREE ->
              "The sensor of %1$s, faulty since %2$s, has recovered.";
        };
    return form.formatted(
        names(all),
        incident.since().truncatedTo(ChronoUnit.SECONDS),
        all.size(),
        incident.detail());
  }

  private String names(List<Subject> all) {
    String named = all.stream().limit(MAX_NAMED).map(this::full).collect(Collectors.joining(", "));
    return all.size() > MAX_NAMED
        ? "%s and %d more".formatted(named, all.size() - MAX_NAMED)
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
      case Subject.Health health -> health.address().gateway().value();
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
      case Subject.Health health -> health.address().gateway().value();
      case Subject.Sensors sensors -> sensors.machine().value();
    };
  }

  private static Optional<MachineId> machine(Subject subject) {
    return switch (subject) {
      case Subject.Gateway _, Subject.Quota _, Subject.Health _ -> Optional.empty();
      case Subject.Sensors sensors -> Optional.of(sensors.machine());
    };
  }

  private Optional<CategoryId> category(Subject subject) {
    return machine(subject).flatMap(plans::locate).map(it -> it.machine().category());
  }
}
