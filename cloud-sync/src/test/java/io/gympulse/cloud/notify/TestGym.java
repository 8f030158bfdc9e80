package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.notify.MemberAlerts.LiveState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// A gym in a store in memory, and the feed updates of its changes.
public final class TestGym {
  public static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  public static final GymId GYM = new GymId("g");
  public static final GatewayAddress GATEWAY = new GatewayAddress(GYM, new GatewayId("gw"));
  public static final MachineId BIKE = new MachineId("bike");
  public static final MachineId ROWER = new MachineId("rower");
  private static final CategoryId CARDIO = new CategoryId("cardio");

  private final InMemoryCloudStore store = new InMemoryCloudStore();
  private long position;

  public TestGym() {
    store
        .floorPlans()
        .register(
            new FloorPlan(
                new Gym(GYM, "Downtown", 47, 8, ZoneId.of("Europe/Zurich")),
                GATEWAY.gateway(),
                List.of(
                    new Machine(BIKE, CARDIO, "Bike 1", 1, 1, List.of()),
                    new Machine(ROWER, CARDIO, "Rower 1", 2, 1, List.of()))));
  }

  public InMemoryCloudStore store() {
    return store;
  }

  public LiveState live() {
    return new LiveState(store.current(), store.gateways(), store.floorPlans());
  }

  public FeedUpdate occupied(MachineId machine, Instant since) {
    return change(machine, MachineStatus.OCCUPIED, Optional.empty(), since);
  }

  public FeedUpdate free(MachineId machine, Instant since) {
    return change(machine, MachineStatus.FREE, Optional.empty(), since);
  }

  public FeedUpdate unknown(MachineId machine, UnknownReason reason, Instant since) {
    return change(machine, MachineStatus.UNKNOWN, Optional.of(reason), since);
  }

  private FeedUpdate change(
      MachineId machine, MachineStatus status, Optional<UnknownReason> reason, Instant since) {
    CurrentState claim =
        new CurrentState(machine, GYM, CARDIO, status, reason, since, since, ++position);
    store.current().offer(claim);
    return new FeedUpdate.MachineChanged(
        position, store.current().find(GYM, machine).orElseThrow());
  }

  /// Marks a gateway, the gym's or another's, on- or offline.
  public FeedUpdate presence(GatewayAddress gateway, boolean online, Instant since) {
    GatewayPresence presence = new GatewayPresence(gateway, online, since, since, 0);
    Optional<Gateway> known = store.gateways().find(gateway.gateway());
    store.gateways().replace(known, Gateway.of(presence));
    return new FeedUpdate.PresenceChanged(++position, presence);
  }
}
