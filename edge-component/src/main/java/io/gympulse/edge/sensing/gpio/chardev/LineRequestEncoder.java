package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.CONFIG_ATTRIBUTE;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_ATTRIBUTE;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_CONFIG;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_REQUEST;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.offset;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.put;

import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Encodes a [LineRequest] as the kernel's structure.
///
/// The flags of the first line's pull apply to all lines; each other pull, and each debounce time,
/// is an attribute with a mask of its lines.
final class LineRequestEncoder {
  static final String CONSUMER = "gympulse";

  /// The kernel's maximum, so that a burst on all lines at once fits.
  static final int EVENT_BUFFER = 1024;

  static final long FLAG_USED = 1;
  private static final long FLAG_INPUT = 1 << 2;
  private static final long FLAG_EDGE_RISING = 1 << 4;
  private static final long FLAG_EDGE_FALLING = 1 << 5;
  private static final long FLAG_BIAS_PULL_UP = 1 << 8;
  private static final long FLAG_BIAS_PULL_DOWN = 1 << 9;
  private static final long FLAG_BIAS_DISABLED = 1 << 10;
  private static final int ATTRIBUTE_FLAGS = 1;
  private static final int ATTRIBUTE_DEBOUNCE = 3;

  private LineRequestEncoder() {}

  static MemorySegment encode(LineRequest request, SegmentAllocator memory) {
    MemorySegment struct = memory.allocate(LINE_REQUEST);
    List<LineSettings> lines = request.lines();
    for (int i = 0; i < lines.size(); i++) {
      struct.setAtIndex(ValueLayout.JAVA_INT, i, lines.get(i).line());
    }
    struct.setString(offset(LINE_REQUEST, "consumer"), CONSUMER);
    put(struct, LINE_REQUEST, "num_lines", lines.size());
    put(struct, LINE_REQUEST, "event_buffer_size", EVENT_BUFFER);
    configure(lines, struct.asSlice(offset(LINE_REQUEST, "config"), LINE_CONFIG.byteSize()));
    return struct;
  }

  private static void configure(List<LineSettings> lines, MemorySegment config) {
    GpioPull common = lines.getFirst().pull();
    put(config, LINE_CONFIG, "flags", flags(common));
    Map<GpioPull, Long> pulls = masks(lines, LineSettings::pull);
    pulls.remove(common);
    Map<Duration, Long> debounces = masks(lines, LineSettings::debounce);
    debounces.remove(Duration.ZERO);
    Attributes attributes = new Attributes(config);
    pulls.forEach((pull, mask) -> attributes.add(ATTRIBUTE_FLAGS, flags(pull), mask));
    debounces.forEach(
        (debounce, mask) -> attributes.add(ATTRIBUTE_DEBOUNCE, debounce.toNanos() / 1000, mask));
  }

  private static long flags(GpioPull pull) {
    long bias =
        switch (pull) {
          case UP -> FLAG_BIAS_PULL_UP;
          case DOWN -> FLAG_BIAS_PULL_DOWN;
          case OFF -> FLAG_BIAS_DISABLED;
        };
    return FLAG_INPUT | FLAG_EDGE_RISING | FLAG_EDGE_FALLING | bias;
  }

  /// The mask of the lines that have each value.
  private static <T> Map<T, Long> masks(List<LineSettings> lines, Function<LineSettings, T> value) {
    Map<T, Long> masks = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      masks.merge(value.apply(lines.get(i)), 1L << i, (one, other) -> one | other);
    }
    return masks;
  }

  private static final class Attributes {
    private final MemorySegment config;
    private int count;

    Attributes(MemorySegment config) {
      this.config = config;
    }

    void add(int id, long value, long mask) {
      long size = CONFIG_ATTRIBUTE.byteSize();
      MemorySegment attribute = config.asSlice(offset(LINE_CONFIG, "attrs") + count * size, size);
      put(attribute, LINE_ATTRIBUTE, "id", id);
      if (id == ATTRIBUTE_DEBOUNCE) {
        put(attribute, LINE_ATTRIBUTE, "value", (int) value);
      } else {
        put(attribute, LINE_ATTRIBUTE, "value", value);
      }
      put(attribute, CONFIG_ATTRIBUTE, "mask", mask);
      count++;
      put(config, LINE_CONFIG, "num_attrs", count);
    }
  }
}
