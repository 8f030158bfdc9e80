package io.gympulse.cloud.core.store;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/// The common base of the contract suites: a new, empty store for each test, and sample values.
public abstract class StoreContract {
  protected static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  protected static final MachineId BIKE = new MachineId("bike");
  protected static final MachineId ROWER = new MachineId("rower");
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  protected static final OutboxId OUTBOX = OutboxId.random();

  protected CloudStore store = open();

  /// A new, empty store.
  protected abstract CloudStore open();

  /// Replaces the store by a new, empty one.
  void openStore() {
    store.close();
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected static MachineEvent event(long seq, MachineId machine, Instant at) {
    MachineStatus status = seq % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED;
    return new MachineEvent(
        new Sequence(seq), machine, status, Optional.empty(), at, TimeQuality.SYNCED);
  }

  protected static CurrentState state(
      MachineId machine, MachineStatus status, Instant since, Instant asOf, long seq) {
    return new CurrentState(
        machine,
        GATEWAY.gym(),
        new CategoryId("cardio"),
        status,
        Optional.empty(),
        since,
        asOf,
        seq);
  }
}
