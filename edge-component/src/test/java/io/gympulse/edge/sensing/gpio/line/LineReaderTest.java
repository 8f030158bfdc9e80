package io.gympulse.edge.sensing.gpio.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final Duration RECONCILE = Duration.ofSeconds(5);

  private final ScriptedChips chips = new ScriptedChips().plug("header").plug("expander");
  private final LineReader reader = new LineReader(chips, RECONCILE);
  private final RecordingLineListener listener = new RecordingLineListener();
  private final RecordingLineListener expanderListener = new RecordingLineListener();

  @AfterEach
  void no_thread_is_left() {
    await().until(() -> chips.waiters() == 0);
  }

  @Test
  void first_levels_are_notified_before_registering_returns() throws LineException {
    chips.drive("header", 5, true);
    try (LineReader.Registration _ = reader.register(header(4, 5), listener)) {
      assertThat(listener.all()).containsExactly("4 low 0 ms", "5 high 0 ms");
    }
  }

  @Test
  void two_chips_are_read_by_one_thread() throws LineException {
    try (LineReader.Registration _ = reader.register(header(4), listener);
        LineReader.Registration _ = reader.register(expander(4), expanderListener)) {
      chips.drive("expander", 4, true);
      chips.drive("header", 4, true);
      await().until(() -> listener.all().size() == 2 && expanderListener.all().size() == 2);
      assertThat(chips.waiters()).isEqualTo(1);
    }
  }

  @Test
  void after_a_gap_in_the_sequence_of_edges_the_levels_are_read_at_once() throws LineException {
    try (LineReader.Registration _ = reader.register(header(4, 5), listener)) {
      chips.overrun("header", 4, true);
      chips.drive("header", 5, true);
      await().until(() -> listener.all().size() == 4);
      assertThat(listener.all())
          .containsExactly("4 low 0 ms", "5 low 0 ms", "5 high 0 ms", "4 high 0 ms");
    }
  }

  @Test
  void an_unnoticed_edge_shows_when_the_levels_are_read() throws LineException {
    try (LineReader.Registration _ = reader.register(header(4), listener)) {
      chips.miss("header", 4, true);
      chips.advance(RECONCILE.minusMillis(1));
      chips.advance(Duration.ofMillis(1));
      await().until(() -> listener.all().size() == 2);
      assertThat(listener.all()).last().isEqualTo("4 high 0 ms");
    }
  }

  @Test
  void edges_on_one_chip_do_not_prevent_reading_the_levels_of_another() throws LineException {
    try (LineReader.Registration _ = reader.register(header(4), listener);
        LineReader.Registration _ = reader.register(expander(1), expanderListener)) {
      chips.miss("header", 4, true);
      boolean high = false;
      for (int i = 0; i < 6; i++) {
        high = !high;
        int before = expanderListener.all().size();
        chips.drive("expander", 1, high);
        await().until(() -> expanderListener.all().size() > before);
        chips.advance(Duration.ofSeconds(1));
      }
      await().until(() -> listener.all().size() == 2);
      assertThat(listener.all()).last().isEqualTo("4 high 0 ms");
    }
  }

  @Test
  void if_a_chip_is_removed_only_its_own_lines_are_lost() throws LineException {
    try (LineReader.Registration _ = reader.register(header(4), listener);
        LineReader.Registration _ = reader.register(expander(1), expanderListener)) {
      chips.unplug("expander");
      await().until(() -> expanderListener.all().size() == 2);
      assertThat(expanderListener.all()).last().isEqualTo("lost: chip 'expander' is gone");
      chips.drive("header", 4, true);
      await().until(() -> listener.all().size() == 2);
    }
  }

  @Test
  void released_lines_are_free_at_once() throws LineException {
    try (LineReader.Registration _ = reader.register(header(4), listener)) {
      LineReader.Registration released = reader.register(header(5), listener);
      released.close();
      assertThat(chips.inUse("header", 5)).isFalse();
      released.close();
      reader.register(header(5), listener).close();
    }
    assertThat(chips.inUse("header", 4)).isFalse();
  }

  @Test
  void the_thread_is_started_again_for_the_next_lines() throws LineException {
    reader.register(header(4), listener).close();
    await().until(() -> chips.waiters() == 0);
    try (LineReader.Registration _ = reader.register(header(4), listener)) {
      chips.drive("header", 4, true);
      await().until(() -> listener.all().contains("4 high 0 ms"));
    }
  }

  @Test
  void a_failed_request_leaves_nothing_behind() {
    chips.occupy("header", 4, "w1-gpio");
    assertThatThrownBy(() -> reader.register(header(3, 4), listener))
        .isInstanceOf(LineException.class)
        .hasMessage("line 4 of 'header' is in use by 'w1-gpio'; free it");
    assertThat(chips.inUse("header", 3)).isFalse();
    assertThat(listener.all()).isEmpty();
  }

  @Test
  void a_failing_listener_loses_its_own_lines_only() throws LineException {
    LineReader.Listener broken =
        new LineReader.Listener() {
          @Override
          public void level(int line, boolean high, Duration age) {
            if (high) {
              throw new IllegalStateException("broken");
            }
          }

          @Override
          public void lost(LineException reason) {
            throw new IllegalStateException("broken still");
          }
        };
    try (LineReader.Registration _ = reader.register(header(4), listener);
        LineReader.Registration _ = reader.register(expander(1), broken)) {
      chips.drive("expander", 1, true);
      await().until(() -> !chips.inUse("expander", 1));
      chips.drive("header", 4, true);
      await().until(() -> listener.all().size() == 2);
    }
  }

  private static LineRequest header(int... lines) {
    return new LineRequest(Optional.empty(), settings(lines));
  }

  private static LineRequest expander(int... lines) {
    return new LineRequest(Optional.of(new GpioChip("expander")), settings(lines));
  }

  private static List<LineSettings> settings(int... lines) {
    return IntStream.of(lines)
        .mapToObj(it -> new LineSettings(it, GpioPull.DOWN, Duration.ZERO))
        .toList();
  }
}
