package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_EVENT;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getInt;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getLong;

import io.gympulse.edge.sensing.gpio.line.Edge;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Reads edges from the kernel's structures.
final class LineEvents {
  private static final int RISING_EDGE = 1;

  private LineEvents() {}

  /// @param events whole structures, one after the other
  static List<Edge> read(MemorySegment events) {
    return events.elements(LINE_EVENT).map(LineEvents::edge).toList();
  }

  private static Edge edge(MemorySegment event) {
    return new Edge(
        getInt(event, LINE_EVENT, "offset"),
        getInt(event, LINE_EVENT, "id") == RISING_EDGE,
        Integer.toUnsignedLong(getInt(event, LINE_EVENT, "seqno")),
        getLong(event, LINE_EVENT, "timestamp_ns"));
  }
}
