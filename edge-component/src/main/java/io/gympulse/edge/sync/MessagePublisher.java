package io.gympulse.edge.sync;

import static java.util.Comparator.naturalOrder;

import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.sync.BatchLoader.LoadedBatch;
import io.gympulse.edge.uplink.Uplink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds snapshots and batches and publishes them. A message that the next hop does not take is
/// sent again in time, as nothing acknowledges it. For one thread.
final class MessagePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(MessagePublisher.class);

  private final SyncLoop.Sources sources;
  private final Uplink uplink;
  private final BatchLoader loader;

  MessagePublisher(SyncLoop.Sources sources, Uplink uplink) {
    this.sources = sources;
    this.uplink = uplink;
    this.loader =
        new BatchLoader(sources.queue(), sources.address(), sources.wall(), sources.coveredTo());
  }

  /// The name of this process in its batches.
  SenderId sender() {
    return loader.sender();
  }

  /// Returns the failure if the snapshot cannot be built, so that events do not wait for it.
  Optional<SyncInput> sendSnapshot() {
    byte[] body;
    try {
      body = SnapshotCodec.encode(snapshot());
    } catch (RuntimeException e) {
      LOG.error("the snapshot cannot be built; it is retried", e);
      return Optional.of(new SyncInput.SnapshotFailed());
    }
    publish(Topics.snapshot(sources.address()), body);
    return Optional.empty();
  }

  /// The wall clock may be set back while states are read, but no state may be later than its
  /// snapshot.
  private Snapshot snapshot() {
    List<MachineState> states = sources.states().get();
    Instant now = sources.wall().instant();
    Instant latest =
        states.stream()
            .map(MachineState::since)
            .filter(now::isBefore)
            .max(naturalOrder())
            .orElse(now);
    return new Snapshot(sources.address(), latest, states);
  }

  SyncInput send(BatchPlan plan) {
    Optional<LoadedBatch> loaded = loader.load(plan);
    if (loaded.isEmpty()) {
      return new SyncInput.NothingToSend(plan);
    }
    byte[] body = loaded.get().body();
    publish(Topics.batches(sources.address()), body);
    return new SyncInput.Sent(plan, loaded.get().range(), loaded.get().standsFor(), body.length);
  }

  private void publish(String topic, byte[] body) {
    logFailure(uplink.publish(topic, body), "message not taken by the next hop");
  }

  static void logFailure(CompletableFuture<Void> future, String what) {
    var _ =
        future.exceptionally(
            e -> {
              LOG.debug("{}: {}", what, e.toString());
              return null;
            });
  }
}
