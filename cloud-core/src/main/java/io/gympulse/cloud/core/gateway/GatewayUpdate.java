package io.gympulse.cloud.core.gateway;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.gateway.GatewayPresence.LastContact;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /// A stored event affects the window of its machine's category at this time.
  public record AffectedWindow(CategoryId category, Instant at) {}

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
