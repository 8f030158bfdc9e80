package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Notifies members when the machine they wait for is free. Consumes the feed for changes of
/// machines, and runs on a schedule for what is due by time. Safe for any number of threads and
/// processes.
public final class MemberAlerts implements FeedConsumer, ScheduledTask {
  private final Alerts alerts;
  private final LiveState live;
  private final NotificationProcessor<Alert> processor;

  public MemberAlerts(
      Alerts alerts,
      LiveState live,
      DeliveryExecutor executor,
      InstantSource clock,
      RandomGenerator random) {
    this.alerts = alerts;
    this.live = live;
    this.processor =
        new NotificationProcessor<>(
            new AlertRecords(alerts, live.plans()), executor, clock, random);
  }

  @Override
  public String name() {
    return "alerts";
  }

  /// @throws RuntimeException if one of the machine's alerts could not be processed; the others
  ///     were
  @Override
  public void consume(FeedUpdate update, Instant now) {
    switch (update) {
      case FeedUpdate.MachineChanged(_, CurrentState state) -> {
        if (Alert.firesOn(state)) {
          fire(state, now);
        }
      }
      case FeedUpdate.PresenceChanged _ -> {}
    }
  }

  /// Page by page, since any number of members may wait for one machine.
  private void fire(CurrentState state, Instant now) {
    List<RuntimeException> failures = new ArrayList<>();
    Optional<AlertId> after = Optional.empty();
    do {
      Page<Alert, AlertId> page =
          alerts.watching(state.machine(), after, NotificationProcessor.BATCH_SIZE);
      // A delayed update may be outdated.
      if (!page.items().isEmpty() && !isCurrent(state)) {
        return;
      }
      try {
        processor.processAll(page.items(), it -> it.onFree(state, now));
      } catch (RuntimeException e) {
        failures.add(e);
      }
      after = page.next();
    } while (after.isPresent());
    if (!failures.isEmpty()) {
      throw failures.getLast();
    }
  }

  private boolean isCurrent(CurrentState state) {
    return live.stored(state.gym(), state.machine()).filter(state::visiblyEquals).isPresent();
  }

  /// Processes what is due: the end of quiet hours, expiry, retries. Meant to run every few
  /// seconds; running it twice at once does no harm.
  ///
  /// @throws RuntimeException if some could not be processed; they stay due
  @Override
  public void run(Instant now) {
    processor.processDue(now, it -> it.onDue(now, live.live(it.gym(), it.machine())));
  }

  /// Texts use the gym's names and time zone.
  private record AlertRecords(Alerts alerts, FloorPlans plans)
      implements NotificationProcessor.Records<Alert> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    @Override
    public String describe(Alert one) {
      return "alert " + one.id();
    }

    @Override
    public Optional<Alert> reload(Alert earlier) {
      return alerts.find(earlier.user(), earlier.id());
    }

    @Override
    public List<Alert> due(Instant now, int limit) {
      return alerts.due(now, limit);
    }

    @Override
    public boolean replace(Alert expected, Alert next) {
      return alerts.replace(expected, next);
    }

    @Override
    public void together(Runnable writes) {
      alerts.together(writes);
    }

    @Override
    public Notification notification(Alert alert, PendingDelivery delivery) {
      MachineId machine = alert.machine();
      Optional<RegisteredMachine> place = plans.locate(machine);
      Optional<FloorPlan> plan = plans.find(alert.gym());
      String name = place.map(it -> it.machine().name()).orElse(machine.value());
      String gym = plan.map(it -> it.gym().name()).orElse(alert.gym().value());
      String time =
          TIME.format(
              delivery.since().atZone(plan.map(it -> it.gym().zone()).orElse(ZoneOffset.UTC)));
      return new Notification(
          delivery.id(),
          Notification.Kind.MACHINE_FREE,
          new Notification.Recipient.Member(alert.user()),
          Optional.of(machine),
          Optional.of(alert.gym()),
          place.map(it -> it.machine().category()),
          name,
          delivery.since(),
          FeedUpdate.correlationId(machine.value(), delivery.since()),
          "%s at %s is free since %s.".formatted(name, gym, time));
    }
  }

  /// Current states of gyms' machines as members see them. Safe for any number of threads.
  public record LiveState(CurrentStates states, Gateways gateways, FloorPlans plans) {

    /// The stored state, whatever the presence of the gym's gateway.
    public Optional<CurrentState> stored(GymId gym, MachineId machine) {
      return states.find(gym, machine);
    }

    /// The stored state; empty while the gym's gateway is offline.
    public Optional<CurrentState> live(GymId gym, MachineId machine) {
      return isOffline(gym) ? Optional.empty() : states.find(gym, machine);
    }

    private boolean isOffline(GymId gym) {
      return plans
          .find(gym)
          .flatMap(it -> gateways.find(it.gateway()))
          .flatMap(it -> it.presence())
          .filter(it -> !it.online())
          .isPresent();
    }
  }
}
