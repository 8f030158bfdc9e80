package io.gympulse.edge.sensing.gpio.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.floorplan.GpioChip;
import io.gympulse.contract.floorplan.GpioPull;
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
  private final Heard heard = new Heard();
  private final Heard heardOfExpander = new Heard();

  @AfterEach
  void no_thread_is_left() {
    await().until(() -> chips.waiters() == 0);
  }

  @Test
  void first_levels_are_told_before_the_lines_are_handed_over() throws LineException {
    chips.drive("header", 5, true);
    try (LineReader.Taken _ = reader.take(header(4, 5), heard)) {
      assertThat(heard.all()).containsExactly("4 low 0 ms", "5 high 0 ms");
    }
  }

  @Test
  void two_chips_are_read_by_one_thread() throws LineException {
    try (LineReader.Taken _ = reader.take(header(4), heard);
        LineReader.Taken _ = reader.take(expander(4), heardOfExpander)) {
      chips.drive("expander", 4, true);
      chips.drive("header", 4, true);
      await().until(() -> heard.all().size() == 2 && heardOfExpander.all().size() == 2);
      assertThat(chips.waiters()).isEqualTo(1);
    }
  }

  @Test
  void a_gap_in_the_count_of_edges_is_mended_at_once() throws LineException {
    try (LineReader.Taken _ = reader.take(header(4, 5), heard)) {
      chips.overrun("header", 4, true);
      chips.drive("header", 5, true);
      await().until(() -> heard.all().size() == 4);
      assertThat(heard.all())
          .containsExactly("4 low 0 ms", "5 low 0 ms", "5 high 0 ms", "4 high 0 ms");
    }
  }

  @Test
  void an_edge_that_nobody_noticed_shows_when_the_levels_are_looked_at() throws LineException {
    try (LineReader.Taken _ = reader.take(header(4), heard)) {
      chips.miss("header", 4, true);
      chips.pass(RECONCILE.minusMillis(1));
      chips.pass(Duration.ofMillis(1));
      await().until(() -> heard.all().size() == 2);
      assertThat(heard.all()).last().isEqualTo("4 high 0 ms");
    }
  }

  @Test
  void edges_on_one_chip_do_not_keep_another_from_being_looked_at() throws LineException {
    try (LineReader.Taken _ = reader.take(header(4), heard);
        LineReader.Taken _ = reader.take(expander(1), heardOfExpander)) {
      chips.miss("header", 4, true);
      boolean high = false;
      for (int i = 0; i < 6; i++) {
        high = !high;
        int told = heardOfExpander.all().size();
        chips.drive("expander", 1, high);
        await().until(() -> heardOfExpander.all().size() > told);
        chips.pass(Duration.ofSeconds(1));
      }
      await().until(() -> heard.all().size() == 2);
      assertThat(heard.all()).last().isEqualTo("4 high 0 ms");
    }
  }

  @Test
  void lines_of_a_chip_that_goes_are_lost_and_those_of_another_are_not() throws LineException {
    try (LineReader.Taken _ = reader.take(header(4), heard);
        LineReader.Taken _ = reader.take(expander(1), heardOfExpander)) {
      chips.unplug("expander");
      await().until(() -> heardOfExpander.all().size() == 2);
      assertThat(heardOfExpander.all()).last().isEqualTo("lost: chip 'expander' is gone");
      chips.drive("header", 4, true);
      await().until(() -> heard.all().size() == 2);
    }
  }

  @Test
  void lines_given_back_are_free_at_once() throws LineException {
    try (LineReader.Taken _ = reader.take(header(4), heard)) {
      LineReader.Taken given = reader.take(header(5), heard);
      given.close();
      assertThat(chips.taken("header", 5)).isFalse();
      given.close();
      reader.take(header(5), heard).close();
    }
    assertThat(chips.taken("header", 4)).isFalse();
  }

  @Test
  void the_thread_begins_anew_with_the_next_lines() throws LineException {
    reader.take(header(4), heard).close();
    await().until(() -> chips.waiters() == 0);
    try (LineReader.Taken _ = reader.take(header(4), heard)) {
      chips.drive("header", 4, true);
      await().until(() -> heard.all().contains("4 high 0 ms"));
    }
  }

  @Test
  void lines_that_cannot_be_had_leave_nothing_behind() {
    chips.occupy("header", 4, "w1-gpio");
    assertThatThrownBy(() -> reader.take(header(3, 4), heard))
        .isInstanceOf(LineException.class)
        .hasMessage("line 4 of 'header' is in use by 'w1-gpio'; free it");
    assertThat(chips.taken("header", 3)).isFalse();
    assertThat(heard.all()).isEmpty();
  }

  @Test
  void a_listener_that_fails_loses_its_own_lines_only() throws LineException {
    LineListener broken =
        new LineListener() {
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
    try (LineReader.Taken _ = reader.take(header(4), heard);
        LineReader.Taken _ = reader.take(expander(1), broken)) {
      chips.drive("expander", 1, true);
      await().until(() -> !chips.taken("expander", 1));
      chips.drive("header", 4, true);
      await().until(() -> heard.all().size() == 2);
    }
  }

  private static LineRequest header(int... lines) {
    return new LineRequest(Optional.empty(), setups(lines));
  }

  private static LineRequest expander(int... lines) {
    return new LineRequest(Optional.of(new GpioChip("expander")), setups(lines));
  }

  private static List<LineSetup> setups(int... lines) {
    return IntStream.of(lines)
        .mapToObj(it -> new LineSetup(it, GpioPull.DOWN, Duration.ZERO))
        .toList();
  }
}
