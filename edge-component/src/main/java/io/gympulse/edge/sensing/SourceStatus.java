package io.gympulse.edge.sensing;

/// The status of a [ReadingSource].
public sealed interface SourceStatus {

  /// It has neither succeeded nor failed yet.
  record Starting() implements SourceStatus {}

  /// Readings arrive as they happen.
  record Running() implements SourceStatus {}

  /// No reading can arrive; the source keeps retrying.
  record Failing(String reason) implements SourceStatus {}

  /// Holds a source's status and notifies the listener of each change, and of each failure, since
  /// readings may have arrived after the failure before. Safe for several threads.
  final class Holder {
    private SourceStatus status = new Starting();

    public synchronized SourceStatus get() {
      return status;
    }

    /// @return whether the status differs from the one before
    public synchronized boolean update(SourceStatus next, ReadingSource.Listener listener) {
      boolean changed = !next.equals(status);
      status = next;
      if (changed || next instanceof Failing) {
        listener.statusChanged(next);
      }
      return changed;
    }
  }
}
