package io.gympulse.edge.sensing;

/// How a source of readings is doing.
public sealed interface SourceStatus {

  /// It has not yet succeeded or failed.
  record Starting() implements SourceStatus {}

  /// Readings arrive as they happen.
  record Running() implements SourceStatus {}

  /// No reading can arrive; the source keeps trying to mend that.
  record Failing(String reason) implements SourceStatus {}
}
