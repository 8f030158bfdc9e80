package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Offsets are those of `struct gpio_v2_line_request`; see [GpioStructsTest].
class LineRequestEncoderTest {
  private static final int FLAGS = 288;
  private static final int ATTRIBUTES = 296;
  private static final int FIRST = 320;
  private static final int ATTRIBUTE_SIZE = 24;
  private static final long BOTH_EDGES_OF_INPUT = 0x4 | 0x10 | 0x20;
  private static final long UP = 0x100;
  private static final long DOWN = 0x200;
  private static final long OFF = 0x400;

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void release() {
    arena.close();
  }

  @Test
  void lines_consumer_and_buffer_size_are_at_the_kernels_offsets() {
    MemorySegment struct =
        encode(line(17, GpioPull.DOWN, 0), line(4, GpioPull.DOWN, 0), line(27, GpioPull.DOWN, 0));
    assertThat(IntStream.range(0, 4).map(it -> struct.getAtIndex(ValueLayout.JAVA_INT, it)))
        .containsExactly(17, 4, 27, 0);
    assertThat(struct.getString(256)).isEqualTo("gympulse");
    assertThat(struct.get(ValueLayout.JAVA_INT, 560)).isEqualTo(3);
    assertThat(struct.get(ValueLayout.JAVA_INT, 564)).isEqualTo(1024);
    assertThat(struct.get(ValueLayout.JAVA_LONG, FLAGS)).isEqualTo(BOTH_EDGES_OF_INPUT | DOWN);
    assertThat(struct.get(ValueLayout.JAVA_INT, ATTRIBUTES)).isZero();
  }

  @Test
  void other_pulls_and_debounce_times_are_attributes_of_their_lines() {
    MemorySegment struct =
        encode(
            line(1, GpioPull.UP, 5),
            line(2, GpioPull.OFF, 20),
            line(3, GpioPull.UP, 5),
            line(4, GpioPull.DOWN, 0));
    assertThat(struct.get(ValueLayout.JAVA_LONG, FLAGS)).isEqualTo(BOTH_EDGES_OF_INPUT | UP);
    assertThat(struct.get(ValueLayout.JAVA_INT, ATTRIBUTES)).isEqualTo(4);
    assertThat(IntStream.range(0, 4).mapToObj(it -> attribute(struct, it)))
        .containsExactly(
            new Attribute(1, BOTH_EDGES_OF_INPUT | OFF, 0b0010),
            new Attribute(1, BOTH_EDGES_OF_INPUT | DOWN, 0b1000),
            new Attribute(3, 5_000, 0b0101),
            new Attribute(3, 20_000, 0b0010));
  }

  @Test
  void the_largest_request_fits() {
    List<GpioPull> pulls = List.of(GpioPull.UP, GpioPull.DOWN, GpioPull.OFF);
    List<LineSettings> lines =
        IntStream.range(0, 64).mapToObj(it -> line(it, pulls.get(it % 3), it % 9)).toList();
    MemorySegment struct =
        LineRequestEncoder.encode(new LineRequest(Optional.empty(), lines), arena);
    assertThat(struct.get(ValueLayout.JAVA_INT, ATTRIBUTES)).isEqualTo(10);
    assertThat(attribute(struct, 9).mask() & 1L << 62).isNotZero();
    assertThat(struct.get(ValueLayout.JAVA_INT, 560)).isEqualTo(64);
  }

  private record Attribute(int id, long value, long mask) {}

  private static Attribute attribute(MemorySegment struct, int index) {
    long at = FIRST + (long) index * ATTRIBUTE_SIZE;
    return new Attribute(
        struct.get(ValueLayout.JAVA_INT, at),
        struct.get(ValueLayout.JAVA_LONG, at + 8),
        struct.get(ValueLayout.JAVA_LONG, at + 16));
  }

  private MemorySegment encode(LineSettings... lines) {
    return LineRequestEncoder.encode(new LineRequest(Optional.empty(), List.of(lines)), arena);
  }

  private static LineSettings line(int line, GpioPull pull, int debounceMillis) {
    return new LineSettings(line, pull, Duration.ofMillis(debounceMillis));
  }
}
