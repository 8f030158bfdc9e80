package io.gympulse.cloud.incident;

import io.gympulse.cloud.alert.Courier;
import io.gympulse.cloud.alert.Outcome;
import io.gympulse.cloud.dispatch.DueWork;
import io.gympulse.cloud.dispatch.Follower;
import io.gympulse.cloud.state.alert.Channel;
import io.gympulse.cloud.state.alert.PendingDelivery;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.incident.Incident;
import io.gympulse.cloud.state.incident.Incidents;
import io.gympulse.cloud.state.incident.Subject;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Opens incidents when gateways fall silent or sensors are not believed, closes them on recovery,
/// and tells operators. A gateway's silence opens nothing for its machines. Safe for any number of
/// threads and processes.
public final class OperatorIncidents implements Follower, DueWork {
  private static final int PORTION = 100;
  private static final int MOST_PORTIONS = 100;

  private final Incidents incidents;
  private final List<Channel> operators;
  private final Courier courier;
  private final IncidentWording wording;
  private final InstantSource clock;
  private final RandomGenerator random;

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
    this.courier = desk.courier();
    this.wording = new IncidentWording(plans);
    this.clock = clock;
    this.random = random;
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
    change(occasion, it -> plain(it.joinedBy(gateway)));
    if (incidents.find(occasion).filter(it -> it.mentions(gateway)).isEmpty()) {
      incidents.create(Incident.lateSilence(since, gateway, operators, now));
    }
  }

  private void recovered(Subject subject, Instant now) {
    incidents
        .openFor(subject)
        .ifPresent(open -> change(open.id(), it -> plain(it.recovered(subject, operators, now))));
  }

  /// Looks after what time brought: incidents to be told, attempts to be repeated. Meant to run
  /// every few seconds; running it twice at once does no harm.
  @Override
  public void onSchedule(Instant now) {
    List<Incident> due = incidents.due(now, PORTION);
    for (int i = 0; i < MOST_PORTIONS && !due.isEmpty(); i++) {
      due.forEach(incident -> change(incident.id(), it -> it.onDue(now)));
      due = incidents.due(now, PORTION);
    }
  }

  private void change(String id, Function<Incident, Incident.Step> input) {
    Optional<Incident> current = incidents.find(id);
    while (current.isPresent()) {
      Incident incident = current.get();
      Incident.Step step = input.apply(incident);
      if (step.next().version() == incident.version()) {
        return;
      }
      if (incidents.replace(incident, step.next())) {
        step.send().forEach(it -> send(step.next(), it));
        return;
      }
      current = incidents.find(id);
    }
  }

  private void send(Incident incident, PendingDelivery delivery) {
    courier.send(
        wording.of(incident, delivery.id()),
        delivery.channel(),
        outcome -> change(incident.id(), noting(delivery.id(), outcome)));
  }

  private Function<Incident, Incident.Step> noting(String deliveryId, Outcome outcome) {
    UnaryOperator<Incident> note =
        switch (outcome) {
          case Outcome.Delivered _ -> it -> it.settled(deliveryId);
          case Outcome.Gone _ -> it -> it.settled(deliveryId);
          case Outcome.Retry(_, Optional<Duration> notWithin) ->
              it ->
                  it.failed(
                      deliveryId,
                      clock.instant(),
                      random.nextDouble(),
                      notWithin.orElse(Duration.ZERO));
        };
    return it -> plain(note.apply(it));
  }

  private static Incident.Step plain(Incident next) {
    return new Incident.Step(next, List.of());
  }
}
