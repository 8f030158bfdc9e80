package io.gympulse.edge.sensing.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.gpio.line.ScriptedChips;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpioReadingSourceTest {
  private static final SensorId SEAT = new SensorId("seat");
  private static final SensorId DOOR = new SensorId("door");
  private static final Optional<GpioChip> EXPANDER = Optional.of(new GpioChip("expander"));
  private static final Map<SensorId, Gpio> BOTH =
      Map.of(SEAT, new Gpio(17, true), DOOR, new Gpio(27, false));
  private static final Map<SensorId, Gpio> ON_EXPANDER =
      Map.of(SEAT, new Gpio(EXPANDER, 17, GpioPull.DOWN, true, Duration.ZERO));
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final ScriptedChips chips = new ScriptedChips().plug("header").plug("expander");
  private final LineReader reader = new LineReader(chips, Duration.ofSeconds(5));

  @Test
  void pi4js_own_inputs_become_readings_with_their_polarity() {
    Context lines = Pi4J.newContextBuilder().add(MockDigitalInputProvider.newInstance()).build();
    try (GpioReadingSource source =
        new GpioReadingSource(
            BOTH, () -> lines, InstantSource.system(), GpioReadingSource.Pace.DEFAULT)) {
      source.start(receiver);
      await().until(() -> running(source));
      MockDigitalInput seat = lines.io("seat");
      MockDigitalInput door = lines.io("door");
      seat.mockState(DigitalState.HIGH);
      seat.mockState(DigitalState.LOW);
      door.mockState(DigitalState.HIGH);
      door.mockState(DigitalState.LOW);
      assertThat(active(SEAT)).containsSubsequence(true, false);
      assertThat(active(DOOR)).containsSubsequence(false, true);
    }
    await().until(lines::isShutdown);
  }

  @Test
  void edges_and_first_levels_become_readings_with_their_polarity() {
    try (GpioReadingSource source = source(Optional.empty(), BOTH)) {
      source.start(receiver);
      await().until(() -> running(source));
      assertThat(active(SEAT)).containsOnly(false);
      assertThat(active(DOOR)).containsOnly(true);
      chips.drive("header", 27, true);
      chips.drive("header", 17, true);
      await().until(() -> active(SEAT).contains(true));
      assertThat(active(DOOR)).endsWith(false);
      assertThat(source.stats()).containsOnlyKeys(SEAT, DOOR);
      assertThat(source.stats().values())
          .allMatch(it -> it.read() > 1 && it.lastMessageAt().isPresent())
          .extracting(SensorStats::lastValue)
          .containsOnly(Optional.of("high"));
    }
    await().until(() -> chips.waiters() == 0);
    assertThat(chips.inUse("header", 17)).isFalse();
  }

  @Test
  void a_reading_is_stamped_with_the_time_of_its_edge() {
    InstantSource clock = InstantSource.fixed(NOW);
    try (GpioReadingSource source = singleRound(Optional.empty(), BOTH, clock)) {
      source.start(receiver);
      await().until(() -> running(source));
      chips.drive("header", 17, true, Duration.ofMillis(30));
      await().until(() -> active(SEAT).contains(true));
      assertThat(receiver.readings())
          .last()
          .isEqualTo(new SensorInput.Reading(SEAT, true, NOW.minusMillis(30)));
    }
  }

  @Test
  void levels_are_reported_again_and_again() {
    try (GpioReadingSource source = source(Optional.empty(), BOTH)) {
      source.start(receiver);
      await().until(() -> active(SEAT).size() > 5);
    }
  }

  @Test
  void a_removed_chip_is_reported_and_used_again_when_it_is_back() {
    try (GpioReadingSource source = source(EXPANDER, ON_EXPANDER)) {
      source.start(receiver);
      await().until(() -> running(source));
      chips.unplug("expander");
      await().until(() -> source.status() instanceof SourceStatus.Failing);
      chips.drive("expander", 17, true);
      chips.plug("expander");
      await().until(() -> running(source));
      await().until(() -> active(SEAT).getLast());
      assertThat(receiver.changes().getFirst()).isInstanceOf(SensorInput.SourceUp.class);
      assertThat(receiver.changes().get(1)).isInstanceOf(SensorInput.SourceDown.class);
      assertThat(receiver.changes().getLast()).isInstanceOf(SensorInput.SourceUp.class);
    }
  }

  @Test
  void a_removed_chip_is_noticed_before_the_next_round() {
    try (GpioReadingSource source = singleRound(EXPANDER, ON_EXPANDER, InstantSource.system())) {
      source.start(receiver);
      await().until(() -> running(source));
      chips.unplug("expander");
      await().until(() -> source.status() instanceof SourceStatus.Failing);
      assertThat(source.status()).isEqualTo(new SourceStatus.Failing("chip 'expander' is gone"));
      await().until(() -> chips.waiters() == 0);
    }
  }

  @Test
  void a_failing_chip_has_no_effect_on_another_one() {
    RecordingReceiver other = new RecordingReceiver();
    try (GpioReadingSource source = source(EXPANDER, ON_EXPANDER);
        GpioReadingSource header = source(Optional.empty(), BOTH)) {
      source.start(receiver);
      header.start(other);
      await().until(() -> running(source) && running(header));
      chips.unplug("expander");
      await().until(() -> source.status() instanceof SourceStatus.Failing);
      chips.drive("header", 17, true);
      await().until(() -> other.readings().stream().anyMatch(GpioReadingSourceTest::isSeat));
      assertThat(other.changes())
          .hasOnlyElementsOfType(SensorInput.SourceUp.class)
          .extracting(SensorInput::sensor)
          .containsExactlyInAnyOrder(SEAT, DOOR);
    }
  }

  @Test
  void a_busy_line_is_reported_and_used_once_it_is_free() {
    chips.occupy("header", 17, "w1-gpio");
    try (GpioReadingSource source = source(Optional.empty(), BOTH)) {
      source.start(receiver);
      await().until(() -> !receiver.changes().isEmpty());
      assertThat(source.status())
          .isEqualTo(
              new SourceStatus.Failing("line 17 of 'header' is in use by 'w1-gpio'; free it"));
      assertThat(chips.inUse("header", 27)).isFalse();
      chips.free("header", 17);
      await().until(() -> running(source));
    }
  }

  @Test
  void no_line_is_reported_while_another_one_is_busy() {
    Map<SensorId, Gpio> inTwoRequests = new HashMap<>();
    for (int line = 0; line < 12; line++) {
      Duration debounce = Duration.ofMillis(line + 1);
      inTwoRequests.put(
          new SensorId("s-" + line), new Gpio(EXPANDER, line, GpioPull.DOWN, true, debounce));
    }
    chips.occupy("expander", 11, "w1-gpio");
    try (GpioReadingSource source = source(EXPANDER, inTwoRequests)) {
      source.start(receiver);
      await().until(() -> receiver.changes().size() >= 3 * inTwoRequests.size());
      assertThat(receiver.changes()).hasOnlyElementsOfType(SensorInput.SourceDown.class);
      assertThat(receiver.readings()).isEmpty();
      chips.free("expander", 11);
      await().until(() -> running(source));
      assertThat(receiver.readings())
          .extracting(SensorInput.Reading::sensor)
          .containsAll(inTwoRequests.keySet());
    }
  }

  @Test
  void a_machine_without_lines_is_a_status_and_not_an_exception() {
    try (GpioReadingSource source =
        new GpioReadingSource(
            BOTH,
            () -> {
              throw new IllegalStateException("no chip");
            },
            InstantSource.system(),
            GpioReadingSource.Pace.DEFAULT)) {
      source.start(receiver);
      await().until(() -> receiver.changes().size() >= BOTH.size());
      assertThat(receiver.changes())
          .hasOnlyElementsOfType(SensorInput.SourceDown.class)
          .extracting(SensorInput::sensor)
          .containsExactlyInAnyOrder(SEAT, DOOR);
      assertThat(source.status()).isEqualTo(new SourceStatus.Failing("no chip"));
    }
  }

  private GpioReadingSource source(Optional<GpioChip> chip, Map<SensorId, Gpio> sensors) {
    return source(chip, sensors, InstantSource.system(), Duration.ofMillis(20));
  }

  /// A source whose second round comes long after the test.
  private GpioReadingSource singleRound(
      Optional<GpioChip> chip, Map<SensorId, Gpio> sensors, InstantSource clock) {
    return source(chip, sensors, clock, Duration.ofHours(1));
  }

  private GpioReadingSource source(
      Optional<GpioChip> chip, Map<SensorId, Gpio> sensors, InstantSource clock, Duration round) {
    return new GpioReadingSource(
        sensors,
        () -> GpioReadingSource.context(chip, reader),
        clock,
        new GpioReadingSource.Pace(round, 1));
  }

  private static boolean running(GpioReadingSource source) {
    return source.status() instanceof SourceStatus.Running;
  }

  private static boolean isSeat(SensorInput.Reading reading) {
    return reading.sensor().equals(SEAT) && reading.active();
  }

  private List<Boolean> active(SensorId sensor) {
    return receiver.readings().stream()
        .filter(it -> it.sensor().equals(sensor))
        .map(SensorInput.Reading::active)
        .toList();
  }
}
