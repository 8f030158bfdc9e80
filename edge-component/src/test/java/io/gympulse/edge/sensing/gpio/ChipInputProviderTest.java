package io.gympulse.edge.sensing.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.gpio.line.ScriptedChips;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChipInputProviderTest {
  private final ScriptedChips chips = new ScriptedChips().plug("header");
  private final LineReader reader = new LineReader(chips, Duration.ofSeconds(5));
  private final Context context =
      Pi4J.newContextBuilder()
          .add(new ChipInputProvider(reader, Optional.empty()))
          .disableShutdownHook()
          .build();
  private final List<DigitalState> notified = new CopyOnWriteArrayList<>();

  @AfterEach
  void shutDown() {
    context.shutdown();
    assertThat(chips.inUse("header", 4)).isFalse();
    await().until(() -> chips.waiters() == 0);
  }

  @Test
  void reading_the_first_state_requests_all_lines() {
    DigitalInput four = input(4);
    DigitalInput five = input(5);
    chips.drive("header", 5, true);
    assertThat(chips.inUse("header", 4)).isFalse();
    assertThat(four.state()).isEqualTo(DigitalState.LOW);
    assertThat(chips.inUse("header", 5)).isTrue();
    assertThat(five.state()).isEqualTo(DigitalState.HIGH);
    assertThat(five.isOn()).isTrue();
  }

  @Test
  void an_input_that_is_created_later_is_requested_later() {
    assertThat(input(4).state()).isEqualTo(DigitalState.LOW);
    assertThat(input(5).state()).isEqualTo(DigitalState.LOW);
    assertThat(chips.inUse("header", 5)).isTrue();
  }

  @Test
  void listeners_are_notified_of_changes_and_the_state_agrees() {
    DigitalInput four = input(4);
    assertThat(four.state()).isEqualTo(DigitalState.LOW);
    chips.drive("header", 4, true);
    await().until(() -> four.state() == DigitalState.HIGH);
    await()
        .untilAsserted(
            () -> assertThat(notified).containsExactly(DigitalState.LOW, DigitalState.HIGH));
  }

  @Test
  void a_lost_line_is_an_unknown_state_with_a_reason() {
    DigitalInput four = input(4);
    assertThat(four.state()).isEqualTo(DigitalState.LOW);
    chips.unplug("header");
    await()
        .untilAsserted(
            () -> assertThat(notified).containsExactly(DigitalState.LOW, DigitalState.UNKNOWN));
    assertThatThrownBy(four::state)
        .isInstanceOf(IOException.class)
        .hasMessage("chip 'header' is gone");
  }

  @Test
  void a_failed_request_is_retried_when_a_state_is_read_again() {
    chips.occupy("header", 5, "w1-gpio");
    DigitalInput four = input(4);
    DigitalInput five = input(5);
    assertThatThrownBy(four::state)
        .isInstanceOf(IOException.class)
        .hasMessage("line 5 of 'header' is in use by 'w1-gpio'; free it");
    chips.free("header", 5);
    assertThat(five.state()).isEqualTo(DigitalState.LOW);
  }

  private DigitalInput input(int line) {
    DigitalInput input =
        context.create(
            DigitalInput.newConfigBuilder(context)
                .id("line-" + line)
                .address(line)
                .pull(PullResistance.PULL_DOWN)
                .debounce(0L)
                .build());
    return input.addListener(event -> notified.add(event.state()));
  }
}
