package io.gympulse.cloud.core.gateway;

import io.gympulse.cloud.core.aggregate.AggregationBacklog;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DueWindows;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The record of a gateway beside its events: presence, covered time and aggregation backlog, and
/// how messages and the passing of time change it. Pure: time comes in as an argument.
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

  /// Whether a gateway is online. A pure state machine: time comes in as an argument.
  ///
  /// @param since when it came online or went offline
  /// @param lastHeardAt the latest moment at which the gateway is known to have sent a message
  /// @param outboxDepth as of the latest message
  public record GatewayPresence(
      GatewayAddress gateway,
      boolean online,
      Instant since,
      Instant lastHeardAt,
      long outboxDepth) {
    /// The presence after a message. A message that was sent long ago and kept in a queue since
    /// then does not bring the gateway online.
    ///
    /// @param offlineAfter the silence after which a gateway counts as offline
    public static GatewayPresence after(
        Optional<GatewayPresence> known, LastContact contact, Duration offlineAfter) {
      Instant contactAt = earlier(contact.sentAt(), contact.receivedAt());
      boolean fresh = contactAt.plus(offlineAfter).isAfter(contact.receivedAt());
      if (known.isEmpty()) {
        return new GatewayPresence(
            contact.gateway(), fresh, contactAt, contactAt, contact.outboxDepth().orElse(0));
      }
      GatewayPresence before = known.get();
      boolean online = before.online || (fresh && contactAt.isAfter(before.lastHeardAt));
      boolean newest = !contactAt.isBefore(before.lastHeardAt);
      return new GatewayPresence(
          contact.gateway(),
          online,
          online == before.online ? before.since : contactAt,
          newest ? contactAt : before.lastHeardAt,
          newest ? contact.outboxDepth().orElse(before.outboxDepth) : before.outboxDepth);
    }

    /// The presence if no further message was received until `now`.
    public GatewayPresence afterTimeout(Instant now, Duration offlineAfter) {
      if (!online || lastHeardAt.plus(offlineAfter).isAfter(now)) {
        return this;
      }
      return new GatewayPresence(gateway, false, now, lastHeardAt, outboxDepth);
    }

    private static Instant earlier(Instant one, Instant other) {
      return one.isBefore(other) ? one : other;
    }
  }

  /// A message of a gateway, as far as presence goes.
  ///
  /// @param receivedAt stamped by the cloud's endpoint
  /// @param outboxDepth empty if the message does not contain it
  public record LastContact(
      GatewayAddress gateway, Instant sentAt, Instant receivedAt, OptionalLong outboxDepth) {}

  /// What some messages, whose events are stored already, change in a gateway's record.
  ///
  /// @param contacts the messages that came from the gateway itself
  /// @param coverage the time that they prove to be covered
  /// @param stored the events that they contained; [Gateway#after] finds the late ones by the
  ///     coverage
  /// @param dirty windows to compute again whatever the coverage: those of machines' own reports
  public record GatewayUpdate(
      GatewayAddress gateway,
      List<LastContact> contacts,
      Coverage coverage,
      List<AffectedWindow> stored,
      Set<DirtyWindow> dirty) {
    public GatewayUpdate {
      contacts = List.copyOf(contacts);
      stored = List.copyOf(stored);
      dirty = Set.copyOf(dirty);
    }

    public static GatewayUpdate of(LastContact contact) {
      return new GatewayUpdate(
          contact.gateway(), List.of(contact), Coverage.NONE, List.of(), Set.of());
    }

    public static GatewayUpdate of(GatewayAddress gateway, Coverage coverage) {
      return new GatewayUpdate(gateway, List.of(), coverage, List.of(), Set.of());
    }

    public static GatewayUpdate stored(GatewayAddress gateway, List<AffectedWindow> stored) {
      return new GatewayUpdate(gateway, List.of(), Coverage.NONE, stored, Set.of());
    }

    public static GatewayUpdate dirty(GatewayAddress gateway, Set<DirtyWindow> dirty) {
      return new GatewayUpdate(gateway, List.of(), Coverage.NONE, List.of(), dirty);
    }

    /// Both updates of the same gateway, merged.
    public GatewayUpdate and(GatewayUpdate other) {
      return joined(List.of(this, other));
    }

    /// All updates, merged.
    ///
    /// @param updates at least one, all of the same gateway
    public static GatewayUpdate joined(List<GatewayUpdate> updates) {
      List<LastContact> contacts = new ArrayList<>();
      Coverage coverage = Coverage.NONE;
      List<AffectedWindow> stored = new ArrayList<>();
      Set<DirtyWindow> dirty = new HashSet<>();
      for (GatewayUpdate it : updates) {
        contacts.addAll(it.contacts);
        coverage = it.coverage.equals(Coverage.NONE) ? coverage : coverage.join(it.coverage);
        stored.addAll(it.stored);
        dirty.addAll(it.dirty);
      }
      return new GatewayUpdate(updates.getFirst().gateway, contacts, coverage, stored, dirty);
    }
  }

  /// A stored event affects the window of its machine's category at this time.
  public record AffectedWindow(CategoryId category, Instant at) {}
}
