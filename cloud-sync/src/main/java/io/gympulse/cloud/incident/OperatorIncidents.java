package io.gympulse.cloud.incident;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.notify.DeliveryExecutor;
import io.gympulse.cloud.notify.Notification;
import io.gympulse.cloud.notify.NotificationProcessor;
import io.gympulse.cloud.notify.ScheduledTask;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Opens incidents when gateways go offline or exceed quotas, or sensors are faulty, closes them on
/// recovery, and notifies operators. An offline gateway opens no incidents for its machines.
///
/// Safe for any number of threads and processes.
public final class OperatorIncidents implements FeedConsumer, ScheduledTask {
  private static final int PAGE_SIZE = 100;

  private final Incidents incidents;
  private final List<Channel> operators;
  private final NotificationProcessor<Incident> processor;
  private final OverQuota overQuota = new OverQuota();

  /// Where and how operators are notified.
  public record Delivery(List<Channel> operators, DeliveryExecutor executor) {
    public Delivery {
      operators = List.copyOf(operators);
    }
  }

  public OperatorIncidents(
      Incidents incidents,
      FloorPlans plans,
      Delivery delivery,
      InstantSource clock,
      RandomGenerator random) {
    this.incidents = incidents;
    this.operators = delivery.operators();
    this.processor =
        new NotificationProcessor<>(
            new IncidentRecords(incidents, new IncidentWording(plans)),
            delivery.executor(),
            clock,
            random);
  }

  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public void consume(FeedUpdate update, Instant now) {
    switch (update) {
      case FeedUpdate.PresenceChanged(_, GatewayPresence presence) -> {
        Subject.Gateway gateway = new Subject.Gateway(presence.gateway());
        if (presence.online()) {
          recovered(gateway, now);
        } else {
          offline(gateway, presence.since(), now);
        }
      }
      case FeedUpdate.MachineChanged(_, CurrentState state) -> {
        if (state.present()) {
          machineChanged(state, now);
        }
      }
    }
  }

  private void machineChanged(CurrentState state, Instant now) {
    Subject.Sensors sensors = new Subject.Sensors(state.machine(), state.gym());
    Optional<UnknownReason> fault = state.reason().filter(OperatorIncidents::isFault);
    if (state.status() != MachineStatus.UNKNOWN) {
      recovered(sensors, now);
    } else if (fault.isPresent() && incidents.openFor(sensors).isEmpty()) {
      // Not created if that episode was opened before: it may be over already.
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

  private void offline(Subject.Gateway gateway, Instant since, Instant now) {
    if (incidents.openFor(gateway).isPresent()
        || incidents.create(Incident.offline(since, gateway, operators, now))) {
      return;
    }
    String occasion = Incident.idOfOffline(since);
    incidents.find(occasion).ifPresent(it -> processor.update(it, open -> open.joinedBy(gateway)));
    if (incidents.find(occasion).filter(it -> it.mentions(gateway)).isEmpty()) {
      incidents.create(Incident.lateOffline(since, gateway, operators, now));
    }
  }

  private void recovered(Subject subject, Instant now) {
    incidents
        .openFor(subject)
        .ifPresent(open -> processor.update(open, it -> it.recovered(subject, operators, now)));
  }

  /// A gateway is over its quota. Returns at once; the incident is opened by [#run].
  ///
  /// @param detail which quota
  /// @param at when a message was rejected
  public void overQuota(GatewayAddress gateway, String detail, Instant at) {
    overQuota.add(gateway, detail, at);
  }

  /// Resumes the episodes that an earlier process left open, as if they had lasted until now.
  public void resumeQuotas(Instant now) {
    Page.each(
        (Optional<Incident.Cursor> after) -> incidents.open(after, PAGE_SIZE),
        some -> some.forEach(it -> resumeQuotas(it, now)));
  }

  private void resumeQuotas(Incident open, Instant now) {
    for (Subject subject : open.out()) {
      if (subject instanceof Subject.Quota quota) {
        overQuota.add(quota.address(), open.detail(), now);
      }
    }
  }

  private void quota(GatewayAddress gateway, OverQuota.Episode episode, Instant now) {
    Subject.Quota subject = new Subject.Quota(gateway);
    if (episode.isOver(now)) {
      recovered(subject, now);
      overQuota.remove(gateway, episode);
    } else if (incidents.openFor(subject).isEmpty()) {
      incidents.create(
          Incident.overQuota(episode.since(), subject, episode.detail(), operators, now));
    }
  }

  /// Processes what is due: notifications of incidents, retries. Meant to run every few seconds;
  /// running it twice at once does no harm.
  ///
  /// @throws RuntimeException if some could not be processed; they stay due
  @Override
  public void run(Instant now) {
    overQuota.episodes().forEach((gateway, episode) -> quota(gateway, episode, now));
    processor.processDue(now, it -> it.onDue(now));
  }

  private record IncidentRecords(Incidents incidents, IncidentWording wording)
      implements NotificationProcessor.Records<Incident> {
    @Override
    public String describe(Incident one) {
      return "incident " + one.id();
    }

    @Override
    public Optional<Incident> reload(Incident earlier) {
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
    public Notification notification(Incident subject, PendingDelivery delivery) {
      return wording.of(subject, delivery.id());
    }
  }
}
