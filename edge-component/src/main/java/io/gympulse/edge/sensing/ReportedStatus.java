package io.gympulse.edge.sensing;

/// A source's status; the listener hears of it when it changes. Safe for several threads.
public final class ReportedStatus {
  private SourceStatus status = new SourceStatus.Starting();

  public synchronized SourceStatus get() {
    return status;
  }

  /// @return whether the status is another one than before
  public synchronized boolean change(SourceStatus changed, SensorListener listener) {
    if (changed.equals(status)) {
      return false;
    }
    status = changed;
    listener.statusChanged(changed);
    return true;
  }
}
