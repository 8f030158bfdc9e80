package io.gympulse.cloud.core.gateway;

import io.gympulse.cloud.core.aggregate.AggregationBacklog;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DueWindows;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.Horizon;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.GatewayPresence.LastContact;
import io.gympulse.contract.id.GatewayAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The record of a gateway beside its events: presence, covered time and aggregation backlog. Pure:
/// time comes in as an argument.
///
/// @param presence empty if no message of the gateway was received, only reports of its machines
public record Gateway(
    GatewayAddress address,
    Optional<GatewayPresence> presence,
    Coverage coverage,
    AggregationBacklog backlog) {
  /// The most outboxes whose covered time is kept. An outbox lasts as long as its gateway's disk.
  public static final int MOST_OUTBOXES = 64;

  /// The record of a gateway of which nothing was received.
  public static Gateway initial(GatewayAddress address) {
    return new Gateway(address, Optional.empty(), Coverage.NONE, AggregationBacklog.NONE);
  }

  public static Gateway of(GatewayPresence presence) {
    return new Gateway(
        presence.gateway(), Optional.of(presence), Coverage.NONE, AggregationBacklog.NONE);
  }

  /// The record after some messages. It equals the known one if nothing changed that is worth a
  /// write: a newer contact counts only if it is newer by a tenth of `offlineAfter`.
  ///
  /// An event is late if the coverage *before* these messages contains its time: aggregation cannot
  /// have computed more than that without the event.
  ///
  /// @param offlineAfter the silence after which a gateway counts as offline
  public static Gateway after(
      Optional<Gateway> known, GatewayUpdate update, Duration offlineAfter) {
    Gateway before = known.orElseGet(() -> initial(update.gateway()));
    Optional<GatewayPresence> presence = before.presence;
    for (LastContact contact : update.contacts()) {
      presence = Optional.of(GatewayPresence.after(presence, contact, offlineAfter));
    }
    boolean significant =
        presence.isPresent() && before.isSignificant(presence.get(), offlineAfter);
    Set<DirtyWindow> dirty = before.dirtyWindows(update);
    Coverage coverage = before.coverage.joinWithin(update.coverage(), MOST_OUTBOXES);
    AggregationBacklog backlog = before.backlog.retainOutboxes(coverage);
    return new Gateway(
        update.gateway(),
        significant ? presence : before.presence,
        coverage,
        dirty.isEmpty() ? backlog : backlog.markDirty(dirty));
  }

  private boolean isSignificant(GatewayPresence next, Duration offlineAfter) {
    if (presence.isEmpty()) {
      return true;
    }
    GatewayPresence kept = presence.get();
    return kept.online() != next.online()
        || kept.outboxDepth() != next.outboxDepth()
        || !kept.gateway().equals(next.gateway())
        || !next.lastHeardAt().isBefore(kept.lastHeardAt().plus(offlineAfter.dividedBy(10)));
  }

  private Set<DirtyWindow> dirtyWindows(GatewayUpdate update) {
    Set<DirtyWindow> dirty = new HashSet<>(update.dirty());
    List<Interval> covered = coverage.covered();
    if (!covered.isEmpty()) {
      update.stored().stream()
          .filter(event -> covered.stream().anyMatch(it -> it.contains(event.at())))
          .forEach(it -> dirty.add(new DirtyWindow(it.category(), Window.of(it.at()))));
    }
    return dirty;
  }

  /// The record if no further message was received until `now`.
  public Gateway afterTimeout(Instant now, Duration offlineAfter) {
    return new Gateway(
        address, presence.map(it -> it.afterTimeout(now, offlineAfter)), coverage, backlog);
  }

  /// The windows that can be computed now, for a store whose events expire by the same clock.
  public DueWindows due(Instant now) {
    return backlog.due(coverage, Horizon.at(now));
  }

  /// The oldest part of the windows that can be computed.
  ///
  /// @param most how many windows
  public DueWindows due(Horizon horizon, int most) {
    return backlog.due(coverage, horizon, most);
  }

  /// The number of windows that can be computed. The cost does not depend on it.
  public long dueWindows(Horizon horizon) {
    return backlog.dueWindows(coverage, horizon);
  }

  /// The record after all windows of `done` were computed and stored.
  public Gateway completed(DueWindows done) {
    return new Gateway(address, presence, coverage, backlog.completed(done));
  }
}
