package io.gympulse.edge.sync;

import java.util.List;

/// The outcome of one step.
record SyncStep(SyncState state, List<SyncOutput> outputs) {
  SyncStep {
    outputs = List.copyOf(outputs);
  }
}
