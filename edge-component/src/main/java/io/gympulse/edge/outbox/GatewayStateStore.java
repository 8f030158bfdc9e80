package io.gympulse.edge.outbox;

import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.time.Stamp;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What the gateway needs to know after a restart, beside the events that are still waiting.
///
/// Safe for any number of threads.
public interface GatewayStateStore {

  /// Records that the gateway was running at this moment. The mark never moves back: within a boot
  /// by the time since it began; any mark of a later boot is later. While the outbox is full, marks
  /// wait in order with the appends.
  CompletableFuture<Void> markAlive(Stamp at);

  /// The last durable mark, with its wall time as far as it is known.
  Optional<Stamp> lastAlive();

  /// Each machine's last durable occurrence, whether its event is still waiting or not.
  Map<MachineId, Occurrence> lastStates();

  /// Stores a small document, replacing an earlier one of that name.
  CompletableFuture<Void> putDocument(String name, byte[] content);

  /// The content of the durable document of that name.
  Optional<byte[]> document(String name);
}
