package io.gympulse.edge.sensing;

/// Takes what a source has to tell. Called on the source's own threads: it must not block.
public interface SensorListener {

  void reading(SensorReading reading);

  /// The status differs from the one told before.
  void statusChanged(SourceStatus status);
}
