package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;
import java.util.List;

/// Something a message asks the store to keep.
sealed interface Write {

  /// @param events at least one
  record Events(GatewayAddress from, OutboxId outbox, List<MachineEvent> events) implements Write {}

  record Report(StatusReport report) implements Write {}

  record Claim(CurrentState state) implements Write {}

  record News(GatewayNews news) implements Write {}

  /// @param points what a gateway tells of itself
  record Measured(List<MetricPoint> points) implements Write {}

  record Sighting(GymId gym, MachineId machine, Instant at) implements Write {}
}
