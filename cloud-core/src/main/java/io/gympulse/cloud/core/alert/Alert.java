package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A member waits for a machine. A pure state machine: time, chance and what is known of the
/// machine come in as arguments; whoever calls keeps the result by one compare-and-set, then sends.
///
/// It fires when the machine becomes free after use, at most once for each free period, and only
/// for what became known after it was made. In quiet hours that waits for their end. A free period
/// that is over before it could be told is not told; if nothing of a firing arrived anywhere, it
/// counts as not having been, and the alert waits for the next free period. Expiry and cancelling
/// stop everything not yet sent.
///
/// @param version grows with each change
public record Alert(
    AlertId id,
    UserId user,
    MachineId machine,
    GymId gym,
    Instant createdAt,
    AlertTerms terms,
    AlertProgress progress,
    long version)
    implements DeliveryRecord<Alert> {

  /// For whom an alert waits for which machine.
  public record Watch(UserId user, MachineId machine, GymId gym) {}

  /// A new alert.
  ///
  /// @param known the machine as it was shown when the alert was asked for
  public static Alert create(
      AlertId id, Watch watch, AlertTerms terms, Optional<CurrentState> known, Instant now) {
    return new Alert(
        id,
        watch.user(),
        watch.machine(),
        watch.gym(),
        now,
        terms,
        AlertProgress.begun(known.map(CurrentState::since)),
        1);
  }

  public AlertStatus status() {
    return progress.status();
  }

  /// Since when it is no longer active; empty while it is.
  public Optional<Instant> endedAt() {
    return progress.endedAt();
  }

  /// What it was last told for: the beginning of that free period.
  public Optional<Instant> lastFired() {
    return progress.lastFiring().map(AlertProgress.Firing::since);
  }

  /// The deliveries that wait or are under way.
  public Deliveries deliveries() {
    return progress.deliveries();
  }

  /// When time alone may change it: the moment for [#onDue].
  public Optional<Instant> due() {
    return progress.due(terms.expiresAt());
  }

  /// The machine's state as it is now known to be. Anything but a machine that is free after use,
  /// and is so at present, changes nothing.
  public Step<Alert> onFree(CurrentState state, Instant now) {
    Alert current = expire(now);
    boolean fires =
        current.status() == AlertStatus.ACTIVE
            && firesOn(state)
            && progress.concerns(state.since())
            && !resting(state.since());
    if (!fires) {
      return new Step<>(current, List.of());
    }
    Optional<Instant> quietUntil = quietUntil(now);
    return quietUntil.isPresent()
        ? new Step<>(current.with(it -> it.deferred(state.since(), quietUntil.get())), List.of())
        : current.fire(state.since(), now);
  }

  /// The moment that [#due] named has come.
  ///
  /// @param state the machine's state now; empty while its gateway is not heard from
  public Step<Alert> onDue(Instant now, Optional<CurrentState> state) {
    Alert current = expire(now);
    Optional<AlertProgress.Deferral> deferral =
        current.progress.deferral().filter(it -> !it.until().isAfter(now));
    if (deferral.isEmpty()) {
      return current.retry(now, state);
    }
    Optional<Instant> quietUntil = quietUntil(now);
    if (quietUntil.isPresent()) {
      return current.with(it -> it.deferredAgain(quietUntil.get())).retry(now, state);
    }
    if (state.isPresent() && state.get().status() == MachineStatus.FREE) {
      Instant since = deferral.get().since();
      return current.fire(usedAfter(since, state.get()) ? state.get().since() : since, now);
    }
    return current.with(AlertProgress::undeferred).retry(now, state);
  }

  @Override
  public Alert delivered(String deliveryId) {
    return deliveries()
        .find(deliveryId)
        .map(it -> with(p -> p.told(it.since()).with(p.deliveries().without(deliveryId))))
        .orElse(this);
  }

  @Override
  public Alert failed(String deliveryId, Instant now, double random, Duration wish) {
    return deliveries().find(deliveryId).isEmpty()
        ? this
        : with(
            it -> it.with(it.deliveries().failed(deliveryId, now, random, wish)).rearmedIfUntold());
  }

  @Override
  public Alert gone(String deliveryId) {
    return with(it -> it.with(it.deliveries().without(deliveryId)));
  }

  /// The member wants it no more.
  public Alert cancel(Instant now) {
    boolean over = status() == AlertStatus.EXPIRED || status() == AlertStatus.CANCELLED;
    return over ? this : with(it -> it.ended(AlertStatus.CANCELLED, now));
  }

  /// Past its expiry if it has one by now.
  public Alert expire(Instant now) {
    boolean past = terms.expiresAt().isPresent() && !terms.expiresAt().get().isAfter(now);
    boolean over = status() == AlertStatus.EXPIRED || status() == AlertStatus.CANCELLED;
    return !past || over
        ? this
        : with(
            it ->
                it.ended(
                    status() == AlertStatus.FIRED ? AlertStatus.FIRED : AlertStatus.EXPIRED, now));
  }

  /// On other terms. What is kept for the end of quiet hours waits for their new end.
  public Alert on(AlertTerms other, Instant now) {
    Instant quietUntil = other.quietHours().flatMap(it -> it.endAfter(now)).orElse(now);
    return other.equals(terms)
        ? this
        : new Alert(
            id,
            user,
            machine,
            gym,
            createdAt,
            other,
            progress.deferredAgain(quietUntil),
            version + 1);
  }

  private Step<Alert> fire(Instant since, Instant now) {
    Deliveries all =
        deliveries()
            .without(it -> it.since().isBefore(since))
            .with("%s@%d".formatted(id, since.toEpochMilli()), since, terms.channels(), now);
    AlertStatus next =
        switch (terms.repetition()) {
          case Repetition.Once _ -> AlertStatus.FIRED;
          case Repetition.Again _ -> AlertStatus.ACTIVE;
        };
    return new Step<>(with(it -> it.fired(next, since, now, all.begun(now))), all.due(now));
  }

  private Step<Alert> retry(Instant now, Optional<CurrentState> state) {
    Deliveries left = deliveries().without(it -> over(it.since(), state));
    boolean free = state.isPresent() && state.get().status() == MachineStatus.FREE;
    Deliveries next = free ? left.begun(now) : left.postponed(now);
    return new Step<>(
        with(it -> it.with(next).rearmedIfUntold()), free ? left.due(now) : List.of());
  }

  private boolean resting(Instant since) {
    return switch (terms.repetition()) {
      case Repetition.Once _ -> false;
      case Repetition.Again again ->
          progress.lastFiring().isPresent()
              && since.isBefore(progress.lastFiring().get().at().plus(again.cooldown()));
    };
  }

  private Optional<Instant> quietUntil(Instant now) {
    return terms.quietHours().flatMap(it -> it.endAfter(now));
  }

  /// Whether a machine in this state has become free after use, and is so at present.
  public static boolean firesOn(CurrentState state) {
    return state.status() == MachineStatus.FREE
        && state.before().filter(it -> it == MachineStatus.OCCUPIED).isPresent()
        && state.present();
  }

  private static boolean over(Instant since, Optional<CurrentState> state) {
    return state
        .filter(it -> it.status() == MachineStatus.OCCUPIED || usedAfter(since, it))
        .isPresent();
  }

  private static boolean usedAfter(Instant since, CurrentState state) {
    return firesOn(state) && state.since().isAfter(since);
  }

  private Alert with(UnaryOperator<AlertProgress> change) {
    AlertProgress next = change.apply(progress);
    return next.equals(progress)
        ? this
        : new Alert(id, user, machine, gym, createdAt, terms, next, version + 1);
  }
}
