package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Passes inputs on, except while a broker delivers what it has kept in a session: of the readings
/// of that time it then passes on each sensor's last, in the order of arrival. A sensor's earlier
/// ones, which arrive at once though they happened over minutes, would look like chattering. Safe
/// for several threads.
final class SessionBacklog implements Consumer<SensorInput> {
  private final Consumer<SensorInput> receiver;
  private final Map<SensorId, SensorInput.Reading> last = new LinkedHashMap<>();
  private boolean open;
  private long number;

  SessionBacklog(Consumer<SensorInput> receiver) {
    this.receiver = receiver;
  }

  /// Begins to hold readings back.
  ///
  /// @return the number of this backlog, for [#end(long)]
  synchronized long begin() {
    last.clear();
    open = true;
    return ++number;
  }

  /// Whether messages may be such as the broker has kept.
  synchronized boolean isOpen() {
    return open;
  }

  /// Passes on what is held back, unless another backlog has begun.
  synchronized void end(long begun) {
    if (open && number == begun) {
      open = false;
      last.values().forEach(receiver);
      last.clear();
    }
  }

  /// Drops what is held back.
  synchronized void discard() {
    open = false;
    last.clear();
  }

  @Override
  public synchronized void accept(SensorInput input) {
    if (!open) {
      receiver.accept(input);
      return;
    }
    switch (input) {
      case SensorInput.Reading it -> {
        last.remove(it.sensor());
        last.put(it.sensor(), it);
      }
      case SensorInput.SourceUp it -> receiver.accept(it);
      case SensorInput.SourceDown it -> invalidate(it);
      case SensorInput.Unavailable it -> invalidate(it);
      case SensorInput.Overflow it -> invalidate(it);
    }
  }

  private void invalidate(SensorInput by) {
    last.remove(by.sensor());
    receiver.accept(by);
  }
}
