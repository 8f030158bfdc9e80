package io.gympulse.cloud.alert;

import io.gympulse.cloud.dispatch.DueWork;
import io.gympulse.cloud.dispatch.Follower;
import io.gympulse.cloud.dispatch.Sight;
import io.gympulse.cloud.state.alert.Alert;
import io.gympulse.cloud.state.alert.Alerts;
import io.gympulse.cloud.state.alert.PendingDelivery;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.feed.FeedUpdate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells members that the machine they wait for is free. Follows the feed for what happens and a
/// schedule for what time brings. Whatever is to be sent was kept before, as begun, so that two
/// processes never begin the same attempt. Safe for any number of threads and processes.
public final class MemberAlerts implements Follower, DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(MemberAlerts.class);
  private static final int PORTION = 100;
  private static final int MOST_PORTIONS = 100;

  private final Alerts alerts;
  private final Sight sight;
  private final Courier courier;
  private final Wording wording;
  private final InstantSource clock;
  private final RandomGenerator random;

  public MemberAlerts(
      Alerts alerts, Sight sight, Courier courier, InstantSource clock, RandomGenerator random) {
    this.alerts = alerts;
    this.sight = sight;
    this.courier = courier;
    this.wording = new Wording(sight.plans());
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String name() {
    return "alerts";
  }

  /// @throws RuntimeException if one of the machine's alerts could not be looked after; the others
  ///     were
  @Override
  public void follow(FeedUpdate update, Instant now) {
    switch (update) {
      case FeedUpdate.MachineChanged(_, CurrentState state) -> {
        if (Alert.firesOn(state)) {
          becameFree(state, now);
        }
      }
      case FeedUpdate.PresenceChanged _ -> {}
    }
  }

  private void becameFree(CurrentState state, Instant now) {
    List<Alert> watching = alerts.watching(state.machine());
    // An update that was long on its way may tell of what is over.
    if (watching.isEmpty() || !sight.kept(state.machine()).filter(state::looksLike).isPresent()) {
      return;
    }
    each(watching, alert -> change(alert, it -> it.onFree(state, now)));
  }

  /// Looks after what time brought: the end of quiet hours, expiry, attempts to be repeated. Meant
  /// to run every few seconds; running it twice at once does no harm.
  ///
  /// @throws RuntimeException if some could not be looked after; they are still due
  @Override
  public void onSchedule(Instant now) {
    List<Alert> due = alerts.due(now, PORTION);
    for (int i = 0; i < MOST_PORTIONS && !due.isEmpty(); i++) {
      each(due, alert -> change(alert, it -> it.onDue(now, sight.now(it.machine()))));
      due = alerts.due(now, PORTION);
    }
  }

  private static void each(List<Alert> some, Consumer<Alert> work) {
    Optional<RuntimeException> failure = Optional.empty();
    for (Alert alert : some) {
      try {
        work.accept(alert);
      } catch (RuntimeException e) {
        LOG.warn("alert {} could not be looked after", alert.id(), e);
        failure = Optional.of(e);
      }
    }
    failure.ifPresent(
        it -> {
          throw it;
        });
  }

  private void change(Alert first, Function<Alert, Alert.Step> input) {
    Optional<Alert> current = Optional.of(first);
    while (current.isPresent()) {
      Alert alert = current.get();
      Alert.Step step = input.apply(alert);
      if (step.next().version() == alert.version()) {
        return;
      }
      if (alerts.replace(alert, step.next())) {
        step.send().forEach(it -> send(step.next(), it));
        return;
      }
      current = alerts.find(alert.user(), alert.id());
    }
  }

  private void send(Alert alert, PendingDelivery delivery) {
    courier.send(
        wording.of(alert, delivery),
        delivery.channel(),
        outcome -> change(alert, noting(delivery.id(), outcome)));
  }

  private Function<Alert, Alert.Step> noting(String deliveryId, Outcome outcome) {
    UnaryOperator<Alert> note =
        switch (outcome) {
          case Outcome.Delivered _ -> it -> it.delivered(deliveryId);
          case Outcome.Gone _ -> it -> it.gone(deliveryId);
          case Outcome.Retry(_, Optional<Duration> notWithin) ->
              it ->
                  it.failed(
                      deliveryId,
                      clock.instant(),
                      random.nextDouble(),
                      notWithin.orElse(Duration.ZERO));
        };
    return it -> new Alert.Step(note.apply(it), List.of());
  }
}
