package io.gympulse.cloud.incident;

import io.gympulse.cloud.alert.Courier;
import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.alert.Notifier;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.PendingDelivery;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.presence.GatewayPresence;
import io.gympulse.cloud.dispatch.DueWork;
import io.gympulse.cloud.dispatch.Follower;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Opens incidents when gateways fall silent or send too much, or sensors are not believed, closes
/// them on recovery, and tells operators. A gateway's silence opens nothing for its machines.
///
/// Safe for any number of threads and processes.
public final class OperatorIncidents implements Follower, DueWork {
  private static final int PAGE = 100;

  private final Incidents incidents;
  private final List<Channel> operators;
  private final Notifier<Incident> notifier;
  private final OverQuota overQuota = new OverQuota();

  /// Who tells operators, and where.
  public record Desk(List<Channel> operators, Courier courier) {
    public Desk {
      operators = List.copyOf(operators);
    }
  }

  public OperatorIncidents(
      Incidents incidents,
      FloorPlans plans,
      Desk desk,
      InstantSource clock,
      RandomGenerator random) {
    this.incidents = incidents;
    this.operators = desk.operators();
    this.notifier =
        new Notifier<>(
            new Kept(incidents, new IncidentWording(plans)), desk.courier(), clock, random);
  }

  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public void follow(FeedUpdate update, Instant now) {
    switch (update) {
      case FeedUpdate.PresenceChanged(_, GatewayPresence presence) -> {
        Subject.Gateway gateway = new Subject.Gateway(presence.gateway());
        if (presence.online()) {
          recovered(gateway, now);
        } else {
          silent(gateway, presence.since(), now);
        }
      }
      case FeedUpdate.MachineChanged(_, CurrentState state) -> {
        if (state.present()) {
          sensed(state, now);
        }
      }
    }
  }

  private void sensed(CurrentState state, Instant now) {
    Subject.Sensors sensors = new Subject.Sensors(state.machine(), state.gym());
    Optional<UnknownReason> fault = state.reason().filter(OperatorIncidents::isFault);
    if (state.status() != MachineStatus.UNKNOWN) {
      recovered(sensors, now);
    } else if (fault.isPresent() && incidents.openFor(sensors).isEmpty()) {
      // Refused if that episode was opened before: it may be over already.
      incidents.create(
          Incident.sensorFault(state.since(), sensors, fault.get().wireName(), operators, now));
    }
  }

  private static boolean isFault(UnknownReason reason) {
    return switch (reason) {
      case SENSOR_DEAD, SENSOR_STUCK, SENSOR_CHATTERING -> true;
      case GATEWAY_OFF, SOURCE_DOWN, NO_READING -> false;
    };
  }

  private void silent(Subject.Gateway gateway, Instant since, Instant now) {
    if (incidents.openFor(gateway).isPresent()
        || incidents.create(Incident.silence(since, gateway, operators, now))) {
      return;
    }
    String occasion = Incident.idOfSilence(since);
    incidents.find(occasion).ifPresent(it -> notifier.change(it, open -> open.joinedBy(gateway)));
    if (incidents.find(occasion).filter(it -> it.mentions(gateway)).isEmpty()) {
      incidents.create(Incident.lateSilence(since, gateway, operators, now));
    }
  }

  private void recovered(Subject subject, Instant now) {
    incidents
        .openFor(subject)
        .ifPresent(open -> notifier.change(open, it -> it.recovered(subject, operators, now)));
  }

  /// A gateway sends more than one gateway may. Quick; the incident is opened on schedule.
  ///
  /// @param detail which quota
  /// @param at when a message was too much
  public void overQuota(GatewayAddress gateway, String detail, Instant at) {
    overQuota.note(gateway, detail, at);
  }

  /// Takes up what an earlier process left open, as if it had been so until now.
  public void resumeQuotas(Instant now) {
    Page.each(
        (Optional<Incident.Place> after) -> incidents.open(after, PAGE),
        some -> some.forEach(it -> resumeQuotas(it, now)));
  }

  private void resumeQuotas(Incident open, Instant now) {
    for (Subject subject : open.out()) {
      if (subject instanceof Subject.Quota quota) {
        overQuota.note(quota.address(), open.detail(), now);
      }
    }
  }

  private void quota(GatewayAddress gateway, OverQuota.Episode episode, Instant now) {
    Subject.Quota subject = new Subject.Quota(gateway);
    if (episode.isOver(now)) {
      recovered(subject, now);
      overQuota.ended(gateway, episode);
    } else if (incidents.openFor(subject).isEmpty()) {
      incidents.create(
          Incident.overQuota(episode.since(), subject, episode.detail(), operators, now));
    }
  }

  /// Looks after what time brought: incidents to be told, attempts to be repeated. Meant to run
  /// every few seconds; running it twice at once does no harm.
  ///
  /// @throws RuntimeException if some could not be looked after; they are still due
  @Override
  public void onSchedule(Instant now) {
    overQuota.episodes().forEach((gateway, episode) -> quota(gateway, episode, now));
    notifier.changeDue(now, it -> it.onDue(now));
  }

  /// Incidents, as they are kept and told.
  private record Kept(Incidents incidents, IncidentWording words)
      implements Notifier.Records<Incident> {
    @Override
    public String name(Incident one) {
      return "incident " + one.id();
    }

    @Override
    public Optional<Incident> again(Incident earlier) {
      return incidents.find(earlier.id());
    }

    @Override
    public List<Incident> due(Instant now, int limit) {
      return incidents.due(now, limit);
    }

    @Override
    public boolean replace(Incident expected, Incident next) {
      return incidents.replace(expected, next);
    }

    @Override
    public void together(Runnable writes) {
      incidents.together(writes);
    }

    @Override
    public Notification wording(Incident subject, PendingDelivery delivery) {
      return words.of(subject, delivery.id());
    }
  }
}
