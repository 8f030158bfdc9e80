package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.notification.Deliveries;
import io.gympulse.cloud.core.notification.Deliveries.DeliveryRecord;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A member's request to be notified when a machine is free. A pure state machine: time, randomness
/// and the machine's state come in as arguments; the caller stores the result by one
/// compare-and-set, then sends the deliveries.
///
/// It fires when the machine becomes free after use, at most once per free period, and only for
/// changes after its creation. During quiet hours firing is deferred until their end. A free period
/// that ends before it could be notified is dropped. If no delivery of a firing succeeded, the
/// firing is undone, and the alert waits for the next free period. Expiry and cancellation drop
/// everything not yet sent.
///
/// @param version increases with each change
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

  /// The member and the machine of an alert.
  public record Watch(UserId user, MachineId machine, GymId gym) {}

  /// A new alert.
  ///
  /// @param known the machine's state at that moment
  public static Alert create(
      AlertId id, Watch watch, AlertTerms terms, Optional<CurrentState> known, Instant now) {
    return new Alert(
        id,
        watch.user(),
        watch.machine(),
        watch.gym(),
        now,
        terms,
        AlertProgress.started(known.map(CurrentState::since)),
        1);
  }

  public AlertStatus status() {
    return progress.status();
  }

  /// Since when it is no longer active; empty while it is.
  public Optional<Instant> endedAt() {
    return progress.endedAt();
  }

  /// The beginning of the free period for which it fired last.
  public Optional<Instant> lastFired() {
    return progress.lastFiring().map(AlertProgress.Firing::since);
  }

  /// The deliveries that are not completed.
  public Deliveries deliveries() {
    return progress.deliveries();
  }

  /// The time at which [#onDue] has to be called.
  public Optional<Instant> due() {
    return progress.due(terms.expiresAt());
  }

  /// Handles the machine's current state. Fires only if the machine is free after use, and this is
  /// the present.
  public Step<Alert> onFree(CurrentState state, Instant now) {
    Alert current = expire(now);
    boolean fires =
        current.status() == AlertStatus.ACTIVE
            && firesOn(state)
            && progress.isNew(state.since())
            && !inCooldown(state.since());
    if (!fires) {
      return new Step<>(current, List.of());
    }
    Optional<Instant> quietUntil = quietUntil(now);
    return quietUntil.isPresent()
        ? new Step<>(current.with(it -> it.deferred(state.since(), quietUntil.get())), List.of())
        : current.fire(state.since(), now);
  }

  /// Handles the time that [#due] returned.
  ///
  /// @param state the machine's state now; empty while its gateway is offline
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
        .map(it -> with(p -> p.delivered(it.since()).with(p.deliveries().without(deliveryId))))
        .orElse(this);
  }

  @Override
  public Alert failed(String deliveryId, Instant now, double random, Duration retryAfter) {
    return deliveries().find(deliveryId).isEmpty()
        ? this
        : with(
            it ->
                it.with(it.deliveries().failed(deliveryId, now, random, retryAfter))
                    .undoneIfUndelivered());
  }

  @Override
  public Alert gone(String deliveryId) {
    return with(it -> it.with(it.deliveries().without(deliveryId)));
  }

  /// Cancels the alert for its member.
  public Alert cancel(Instant now) {
    boolean over = status() == AlertStatus.EXPIRED || status() == AlertStatus.CANCELLED;
    return over ? this : with(it -> it.ended(AlertStatus.CANCELLED, now));
  }

  /// The expired alert, if its expiry has passed.
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

  /// With other terms. A deferred firing waits for the new end of quiet hours.
  public Alert withTerms(AlertTerms other, Instant now) {
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
    return new Step<>(with(it -> it.fired(next, since, now, all.started(now))), all.due(now));
  }

  private Step<Alert> retry(Instant now, Optional<CurrentState> state) {
    Deliveries left = deliveries().without(it -> over(it.since(), state));
    boolean free = state.isPresent() && state.get().status() == MachineStatus.FREE;
    Deliveries next = free ? left.started(now) : left.postponed(now);
    return new Step<>(
        with(it -> it.with(next).undoneIfUndelivered()), free ? left.due(now) : List.of());
  }

  private boolean inCooldown(Instant since) {
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
