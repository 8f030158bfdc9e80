package io.gympulse.cloud.core.alert;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// What became of an alert so far.
///
/// @param dealtWith the beginning of the latest status of the machine that needs no more thought:
///     known when the alert was made, told, or over before it could be told
/// @param lastFiring not one of which nothing arrived
/// @param deferral a free period kept for the end of quiet hours
/// @param endedAt since when it is no longer active
public record AlertProgress(
    AlertStatus status,
    Optional<Instant> dealtWith,
    Optional<Firing> lastFiring,
    Optional<Deferral> deferral,
    Deliveries deliveries,
    Optional<Instant> endedAt) {

  /// @param since when the free period began
  /// @param at when the alert fired for it
  /// @param told whether a channel took it
  public record Firing(Instant since, Instant at, boolean told) {}

  /// @param since when the free period began
  /// @param until when the quiet hours end
  public record Deferral(Instant since, Instant until) {}

  static AlertProgress begun(Optional<Instant> dealtWith) {
    return new AlertProgress(
        AlertStatus.ACTIVE,
        dealtWith,
        Optional.empty(),
        Optional.empty(),
        Deliveries.NONE,
        Optional.empty());
  }

  /// Whether a free period that began then still needs thought.
  boolean concerns(Instant since) {
    return dealtWith.isEmpty() || since.isAfter(dealtWith.get());
  }

  AlertProgress deferred(Instant since, Instant until) {
    boolean newer = deferral.isEmpty() || since.isAfter(deferral.get().since());
    return newer
        ? new AlertProgress(
            status,
            dealtWith,
            lastFiring,
            Optional.of(new Deferral(since, until)),
            deliveries,
            endedAt)
        : this;
  }

  /// The same free period, kept until another moment.
  AlertProgress deferredAgain(Instant until) {
    return new AlertProgress(
        status,
        dealtWith,
        lastFiring,
        deferral.map(it -> new Deferral(it.since(), until)),
        deliveries,
        endedAt);
  }

  /// What was kept for the end of quiet hours is over.
  AlertProgress undeferred() {
    return new AlertProgress(
        status, deferral.map(Deferral::since), lastFiring, Optional.empty(), deliveries, endedAt);
  }

  AlertProgress fired(AlertStatus next, Instant since, Instant now, Deliveries all) {
    return new AlertProgress(
        next,
        Optional.of(since),
        Optional.of(new Firing(since, now, false)),
        Optional.empty(),
        all,
        next == AlertStatus.ACTIVE ? Optional.empty() : Optional.of(now));
  }

  AlertProgress told(Instant since) {
    return new AlertProgress(
        status,
        dealtWith,
        lastFiring.map(it -> it.since().equals(since) ? new Firing(since, it.at(), true) : it),
        deferral,
        deliveries,
        endedAt);
  }

  AlertProgress with(Deliveries other) {
    return new AlertProgress(status, dealtWith, lastFiring, deferral, other, endedAt);
  }

  /// As if it had not fired, if nothing of the last firing arrived and nothing of it is to be sent.
  AlertProgress rearmedIfUntold() {
    boolean untold =
        lastFiring.isPresent()
            && !lastFiring.get().told()
            && deliveries.pending().stream()
                .noneMatch(it -> it.since().equals(lastFiring.get().since()));
    return untold
        ? new AlertProgress(
            status == AlertStatus.FIRED ? AlertStatus.ACTIVE : status,
            dealtWith,
            Optional.empty(),
            deferral,
            deliveries,
            status == AlertStatus.FIRED ? Optional.empty() : endedAt)
        : this;
  }

  AlertProgress ended(AlertStatus end, Instant now) {
    return new AlertProgress(
        end,
        dealtWith,
        lastFiring,
        Optional.empty(),
        Deliveries.NONE,
        endedAt.or(() -> Optional.of(now)));
  }

  /// When time alone may change something.
  Optional<Instant> due(Optional<Instant> expiresAt) {
    boolean open = status == AlertStatus.ACTIVE || !deliveries.pending().isEmpty();
    return Stream.of(
            deferral.map(Deferral::until), deliveries.nextTry(), expiresAt.filter(_ -> open))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
