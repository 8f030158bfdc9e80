package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/// The status of a [ReadingSource].
public sealed interface SourceStatus {

  /// It has neither succeeded nor failed yet.
  record Starting() implements SourceStatus {}

  /// Readings arrive as they happen.
  record Running() implements SourceStatus {}

  /// No reading can arrive; the source keeps retrying.
  record Failing(String reason) implements SourceStatus {}

  /// Holds a source's status and reports each change for each of its sensors, and each failure,
  /// since readings may have arrived after the failure before. Safe for several threads.
  final class Holder {
    private final Set<SensorId> sensors;
    private final InstantSource clock;
    private SourceStatus status = new Starting();

    /// @param sensors the source's
    /// @param clock the gateway's timeline
    public Holder(Set<SensorId> sensors, InstantSource clock) {
      this.sensors = Set.copyOf(sensors);
      this.clock = clock;
    }

    public synchronized SourceStatus get() {
      return status;
    }

    /// @return whether the status differs from the one before
    public synchronized boolean update(SourceStatus next, Consumer<SensorInput> receiver) {
      boolean changed = !next.equals(status);
      status = next;
      Instant at = clock.instant();
      switch (next) {
        case Failing _ ->
            sensors.forEach(it -> receiver.accept(new SensorInput.SourceDown(it, at)));
        case Running _ when changed ->
            sensors.forEach(it -> receiver.accept(new SensorInput.SourceUp(it, at)));
        case Running _, Starting _ -> {}
      }
      return changed;
    }
  }
}
