package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records all notifications as text: `4 high 2 ms`.
final class RecordingLineListener implements LineReader.Listener {
  private final List<String> all = new CopyOnWriteArrayList<>();

  List<String> all() {
    return all;
  }

  @Override
  public void level(int line, boolean high, Duration age) {
    all.add("%d %s %d ms".formatted(line, high ? "high" : "low", age.toMillis()));
  }

  @Override
  public void lost(LineException reason) {
    all.add("lost: " + reason.getMessage());
  }
}
