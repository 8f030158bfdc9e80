package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.PendingDelivery;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.dispatch.DueWork;
import io.gympulse.cloud.dispatch.Follower;
import io.gympulse.cloud.dispatch.Sight;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Tells members that the machine they wait for is free. Follows the feed for what happens and a
/// schedule for what time brings. Safe for any number of threads and processes.
public final class MemberAlerts implements Follower, DueWork {
  private final Alerts alerts;
  private final Sight sight;
  private final Notifier<Alert> notifier;

  public MemberAlerts(
      Alerts alerts, Sight sight, Courier courier, InstantSource clock, RandomGenerator random) {
    this.alerts = alerts;
    this.sight = sight;
    this.notifier =
        new Notifier<>(new Kept(alerts, new Wording(sight.plans())), courier, clock, random);
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

  /// Page by page, since any number may wait for one machine.
  private void becameFree(CurrentState state, Instant now) {
    List<RuntimeException> failures = new ArrayList<>();
    Optional<AlertId> after = Optional.empty();
    do {
      Page<Alert, AlertId> page = alerts.watching(state.machine(), after, Notifier.PORTION);
      // An update that was long on its way may tell of what is over.
      if (!page.items().isEmpty() && !isKept(state)) {
        return;
      }
      try {
        notifier.changeEach(page.items(), it -> it.onFree(state, now));
      } catch (RuntimeException e) {
        failures.add(e);
      }
      after = page.next();
    } while (after.isPresent());
    if (!failures.isEmpty()) {
      throw failures.getLast();
    }
  }

  private boolean isKept(CurrentState state) {
    return sight.kept(state.machine()).filter(state::looksLike).isPresent();
  }

  /// Looks after what time brought: the end of quiet hours, expiry, attempts to be repeated. Meant
  /// to run every few seconds; running it twice at once does no harm.
  ///
  /// @throws RuntimeException if some could not be looked after; they are still due
  @Override
  public void onSchedule(Instant now) {
    notifier.changeDue(now, it -> it.onDue(now, sight.now(it.machine())));
  }

  /// Members' alerts, as they are kept and told.
  private record Kept(Alerts alerts, Wording words) implements Notifier.Records<Alert> {
    @Override
    public String name(Alert one) {
      return "alert " + one.id();
    }

    @Override
    public Optional<Alert> again(Alert earlier) {
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
    public Notification wording(Alert subject, PendingDelivery delivery) {
      return words.of(subject, delivery);
    }
  }
}
