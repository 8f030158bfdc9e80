package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.sensing.gpio.line.GpioChips.EdgeEvent;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DeviceLineHandleTest {
  /// Recorded on Linux 6.12 when lines 17 and 4 of one request rose and line 17 fell.
  private static final String RECORDED =
      """
      b42889f11d000000 01000000 11000000 01000000 01000000 000000000000000000000000000000000000000000000000
      e4a14ff61d000000 01000000 04000000 02000000 01000000 000000000000000000000000000000000000000000000000
      c3049bf91d000000 02000000 11000000 03000000 02000000 000000000000000000000000000000000000000000000000
      """;

  @Test
  void recorded_edges_are_decoded_in_their_order() {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(DeviceLineHandle.decode(recorded(arena)))
          .containsExactly(
              new EdgeEvent(17, true, 1, 128_606_349_492L),
              new EdgeEvent(4, true, 2, 128_686_465_508L),
              new EdgeEvent(17, false, 3, 128_741_737_667L));
    }
  }

  @Test
  void the_sequence_is_unsigned() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = recorded(arena);
      events.set(ValueLayout.JAVA_INT, 16, -1);
      assertThat(DeviceLineHandle.decode(events).getFirst().sequence()).isEqualTo(0xFFFF_FFFFL);
    }
  }

  private static MemorySegment recorded(Arena arena) {
    byte[] bytes = HexFormat.of().parseHex(RECORDED.replaceAll("\\s", ""));
    MemorySegment events = arena.allocate(bytes.length, Long.BYTES);
    return events.copyFrom(MemorySegment.ofArray(bytes));
  }
}
