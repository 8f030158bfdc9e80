package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import java.util.concurrent.CompletableFuture;

/// Takes transitions, in order. The future completes once one is durable, in the order of the
/// calls.
public interface TransitionSink {

  CompletableFuture<?> record(MachineState transition);
}
