package io.gympulse.edge.sensing;

/// A source's status. The listener hears of it when it changes, and of every failure: readings may
/// have come since the one before. Safe for several threads.
public final class ReportedStatus {
  private SourceStatus status = new SourceStatus.Starting();

  public synchronized SourceStatus get() {
    return status;
  }

  /// @return whether the status is another one than before
  public synchronized boolean change(SourceStatus changed, ReadingSource.Listener listener) {
    boolean another = !changed.equals(status);
    status = changed;
    if (another || changed instanceof SourceStatus.Failing) {
      listener.statusChanged(changed);
    }
    return another;
  }
}
