package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.notification.Deliveries;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The progress of an alert.
///
/// @param handledUntil the beginning of the latest status of the machine that is handled: known at
///     the alert's creation, notified, or over before it could be notified
/// @param lastFiring the last firing that was not undone
/// @param deferral a free period to be notified at the end of quiet hours
/// @param endedAt since when it is no longer active
public record AlertProgress(
    AlertStatus status,
    Optional<Instant> handledUntil,
    Optional<Firing> lastFiring,
    Optional<Deferral> deferral,
    Deliveries deliveries,
    Optional<Instant> endedAt) {

  /// @param since when the free period began
  /// @param at when the alert fired for it
  /// @param delivered whether a channel accepted it
  public record Firing(Instant since, Instant at, boolean delivered) {}

  /// @param since when the free period began
  /// @param until when the quiet hours end
  public record Deferral(Instant since, Instant until) {}

  static AlertProgress started(Optional<Instant> handledUntil) {
    return new AlertProgress(
        AlertStatus.ACTIVE,
        handledUntil,
        Optional.empty(),
        Optional.empty(),
        Deliveries.NONE,
        Optional.empty());
  }

  /// Whether a free period that began then is not handled yet.
  boolean isNew(Instant since) {
    return handledUntil.isEmpty() || since.isAfter(handledUntil.get());
  }

  AlertProgress deferred(Instant since, Instant until) {
    boolean newer = deferral.isEmpty() || since.isAfter(deferral.get().since());
    return newer
        ? new AlertProgress(
            status,
            handledUntil,
            lastFiring,
            Optional.of(new Deferral(since, until)),
            deliveries,
            endedAt)
        : this;
  }

  /// The same deferral with another end.
  AlertProgress deferredAgain(Instant until) {
    return new AlertProgress(
        status,
        handledUntil,
        lastFiring,
        deferral.map(it -> new Deferral(it.since(), until)),
        deliveries,
        endedAt);
  }

  /// Without the deferral, whose free period is over.
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

  AlertProgress delivered(Instant since) {
    return new AlertProgress(
        status,
        handledUntil,
        lastFiring.map(it -> it.since().equals(since) ? new Firing(since, it.at(), true) : it),
        deferral,
        deliveries,
        endedAt);
  }

  AlertProgress with(Deliveries other) {
    return new AlertProgress(status, handledUntil, lastFiring, deferral, other, endedAt);
  }

  /// Undoes the last firing if none of its deliveries succeeded and none is pending.
  AlertProgress undoneIfUndelivered() {
    boolean undelivered =
        lastFiring.isPresent()
            && !lastFiring.get().delivered()
            && deliveries.pending().stream()
                .noneMatch(it -> it.since().equals(lastFiring.get().since()));
    return undelivered
        ? new AlertProgress(
            status == AlertStatus.FIRED ? AlertStatus.ACTIVE : status,
            handledUntil,
            Optional.empty(),
            deferral,
            deliveries,
            status == AlertStatus.FIRED ? Optional.empty() : endedAt)
        : this;
  }

  AlertProgress ended(AlertStatus end, Instant now) {
    return new AlertProgress(
        end,
        handledUntil,
        lastFiring,
        Optional.empty(),
        Deliveries.NONE,
        endedAt.or(() -> Optional.of(now)));
  }

  /// When it has to be processed next because of time.
  Optional<Instant> due(Optional<Instant> expiresAt) {
    boolean open = status == AlertStatus.ACTIVE || !deliveries.pending().isEmpty();
    return Stream.of(
            deferral.map(Deferral::until), deliveries.nextTry(), expiresAt.filter(_ -> open))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /// Only an active alert fires. Expired and cancelled are final.
  public enum AlertStatus {
    ACTIVE,
    FIRED,
    EXPIRED,
    CANCELLED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The name used in stores and in the API.
    public String wireName() {
      return wireName;
    }
  }
}
