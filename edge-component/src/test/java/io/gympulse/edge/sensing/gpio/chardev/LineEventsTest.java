package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.sensing.gpio.line.Edge;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LineEventsTest {
  /// What Linux 6.12 answered when lines 17 and 4 of one request rose and line 17 fell.
  private static final String RECORDED =
      """
      b42889f11d000000 01000000 11000000 01000000 01000000 000000000000000000000000000000000000000000000000
      e4a14ff61d000000 01000000 04000000 02000000 01000000 000000000000000000000000000000000000000000000000
      c3049bf91d000000 02000000 11000000 03000000 02000000 000000000000000000000000000000000000000000000000
      """;

  @Test
  void what_the_kernel_wrote_is_read_as_edges_in_their_order() {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(LineEvents.read(recorded(arena)))
          .containsExactly(
              new Edge(17, true, 1, 128_606_349_492L),
              new Edge(4, true, 2, 128_686_465_508L),
              new Edge(17, false, 3, 128_741_737_667L));
    }
  }

  @Test
  void the_count_has_no_sign() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = recorded(arena);
      events.set(ValueLayout.JAVA_INT, 16, -1);
      assertThat(LineEvents.read(events).getFirst().sequence()).isEqualTo(0xFFFF_FFFFL);
    }
  }

  private static MemorySegment recorded(Arena arena) {
    byte[] bytes = HexFormat.of().parseHex(RECORDED.replaceAll("\\s", ""));
    MemorySegment events = arena.allocate(bytes.length, Long.BYTES);
    return events.copyFrom(MemorySegment.ofArray(bytes));
  }
}
