package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Two gyms with their gateways, machines and floor plans, and messages of the gateways.
final class TestGyms {
  static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  static final GatewayAddress GATEWAY_1 = address("riverside", "gw-1");
  static final GatewayAddress GATEWAY_2 = address("harbour", "gw-2");
  static final MachineId BENCH = new MachineId("bench-1");
  static final MachineId ROWER = new MachineId("rower-1");
  static final MachineId BENCH_2 = new MachineId("harbour-bench");
  static final MachineId UNKNOWN = new MachineId("stray");
  static final OutboxId OUTBOX =
      new OutboxId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));

  private TestGyms() {}

  static GatewayAddress address(String gym, String gateway) {
    return new GatewayAddress(new GymId(gym), new GatewayId(gateway));
  }

  /// A store in memory with the floor plans.
  static InMemoryCloudStore store() {
    InMemoryCloudStore store = new InMemoryCloudStore();
    plans().forEach(store.floorPlans()::register);
    return store;
  }

  static List<FloorPlan> plans() {
    return List.of(plan(GATEWAY_1, BENCH, ROWER), plan(GATEWAY_2, BENCH_2));
  }

  static FloorPlan plan(GatewayAddress of, MachineId... machines) {
    Gym gym = new Gym(of.gym(), of.gym().value(), 40, -74, ZoneId.of("America/New_York"));
    return new FloorPlan(gym, of.gateway(), Stream.of(machines).map(TestGyms::machine).toList());
  }

  private static Machine machine(MachineId id) {
    return new Machine(id, new CategoryId("strength"), id.value(), 0, 0, List.of());
  }

  static MachineEvent event(long seq, MachineId machine, MachineStatus status, Instant at) {
    return new MachineEvent(
        new Sequence(seq), machine, status, Optional.empty(), at, TimeQuality.SYNCED);
  }

  /// An `occupied` event, `seq` seconds after the hour before now.
  static MachineEvent event(long seq, MachineId machine) {
    return event(seq, machine, MachineStatus.OCCUPIED, NOW.minusSeconds(3600 - seq));
  }

  static EventBatch batch(MachineEvent... events) {
    return batch(GATEWAY_1, NOW, events);
  }

  static EventBatch batch(GatewayAddress from, Instant sentAt, MachineEvent... events) {
    return new EventBatch(from, OUTBOX, BatchKind.LIVE, sentAt, Optional.empty(), List.of(events));
  }
}
