package io.gympulse.edge.sensing.gpio;

import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.gpio.chardev.CharacterDevices;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/// Runs GPIO sensing against real character devices of the kernel's simulator, in a virtual machine
/// that `src/hardware-test/run` boots. Ends with exit code 1 at the first check that fails.
final class HardwareCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FLIPS = 5;
  static final Duration IDLE = Duration.ofSeconds(20);

  private final SimulatedChip header = new SimulatedChip("pinctrl-sim", 54);
  private final SimulatedChip expander = new SimulatedChip("expander-sim", 16);
  private final LineReader reader = new LineReader(new CharacterDevices(), Duration.ofSeconds(5));
  private final RecordingReceiver receiver = new RecordingReceiver();
  private final RecordingReceiver expanderReceiver = new RecordingReceiver();
  private final Map<SensorId, Gpio> onHeader = sensors("h", Optional.empty(), 26);
  private final Map<SensorId, Gpio> onExpander = sensors("x", Optional.of(expander.label()), 14);

  private Duration latest = Duration.ZERO;

  private HardwareCheck() {}

  public static void main(String[] arguments) throws Exception {
    Awaitility.setDefaultTimeout(PATIENCE);
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "empty" -> report("empty", IdleCpu.over(IDLE));
      case "closed" -> new HardwareCheck().forbiddenChipIsNamed();
      default -> new HardwareCheck().run();
    }
    System.exit(0);
  }

  private static Map<SensorId, Gpio> sensors(String prefix, Optional<GpioChip> chip, int count) {
    Map<SensorId, Gpio> sensors = new LinkedHashMap<>();
    for (int line = 0; line < count; line++) {
      boolean activeHigh = line % 2 == 0;
      sensors.put(
          new SensorId(prefix + line),
          new Gpio(chip, line, GpioPull.restingAt(activeHigh), activeHigh, Duration.ZERO));
    }
    return sensors;
  }

  private void run() throws Exception {
    header.define();
    header.plug();
    expander.define();
    expander.plug();
    try (GpioReadingSource one = source(onHeader, Optional.empty());
        GpioReadingSource two = source(onExpander, Optional.of(expander.label()))) {
      one.start(receiver);
      two.start(expanderReceiver);
      Awaitility.await().until(() -> running(one) && running(two));
      say("40 lines of 2 chips are requested; all rest inactive");
      check(
          receiver.readings().stream().noneMatch(SensorInput.Reading::active),
          "a line rests active");
      everyEdgeArrives();
      busyLinesAreNamed();
      idle();
      aChipIsRemovedAndComesBack(one, two);
    }
    Awaitility.await()
        .until(() -> error(new LineRequest(Optional.empty(), List.of(line(0)))).isEmpty());
    debouncedLinesReportWhatHolds();
    overrunEndsInTheRightLevels();
    missingChipsAreNamed();
  }

  private GpioReadingSource source(Map<SensorId, Gpio> sensors, Optional<GpioChip> chip) {
    return new GpioReadingSource(
        sensors,
        () -> GpioReadingSource.context(chip, reader),
        InstantSource.system(),
        new GpioReadingSource.Pace(Duration.ofSeconds(5), 0));
  }

  private static boolean running(GpioReadingSource source) {
    return source.status() instanceof SourceStatus.Running;
  }

  private void everyEdgeArrives() throws IOException {
    for (int flip = 0; flip < FLIPS; flip++) {
      flipAll(header, onHeader, receiver);
      flipAll(expander, onExpander, expanderReceiver);
    }
    int expected = 2 * FLIPS;
    onHeader.keySet().forEach(it -> checkChanges(changes(receiver, it), it, expected));
    onExpander.keySet().forEach(it -> checkChanges(changes(expanderReceiver, it), it, expected));
    say(
        "%d edges arrived, each once, with its polarity; stamped at most %d ms after the flip began"
            .formatted(40 * expected, latest.toMillis()));
  }

  private void flipAll(SimulatedChip chip, Map<SensorId, Gpio> sensors, RecordingReceiver receiver)
      throws IOException {
    for (Map.Entry<SensorId, Gpio> sensor : sensors.entrySet()) {
      Gpio gpio = sensor.getValue();
      for (boolean active : List.of(true, false)) {
        int before = changes(receiver, sensor.getKey()).size();
        Instant began = Instant.now();
        chip.drive(gpio.line(), active == gpio.activeHigh());
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> changes(receiver, sensor.getKey()).size() > before);
        SensorInput.Reading reading = changes(receiver, sensor.getKey()).getLast();
        check(reading.active() == active, sensor.getKey() + " has the wrong polarity");
        Duration late = Duration.between(began, reading.at());
        check(!late.isNegative(), sensor.getKey() + " is stamped before it happened: " + late);
        latest = late.compareTo(latest) > 0 ? late : latest;
      }
    }
  }

  private static List<SensorInput.Reading> changes(RecordingReceiver receiver, SensorId sensor) {
    List<SensorInput.Reading> changes = new ArrayList<>();
    boolean active = false;
    for (SensorInput.Reading reading : receiver.readings()) {
      if (reading.sensor().equals(sensor) && reading.active() != active) {
        active = reading.active();
        changes.add(reading);
      }
    }
    return changes;
  }

  private static void checkChanges(
      List<SensorInput.Reading> changes, SensorId sensor, int expected) {
    check(
        changes.size() == expected,
        "%s changed %d times instead of %d".formatted(sensor, changes.size(), expected));
  }

  private void busyLinesAreNamed() throws IOException {
    String error = error(new LineRequest(Optional.empty(), List.of(line(3))));
    String expected =
        "line 3 of GPIO chip %s [pinctrl-sim] is in use by 'gympulse'"
            .formatted(header.kernelName());
    check(error.contains(expected), error);
    say("a second user gets: " + error);
  }

  private String error(LineRequest request) {
    try {
      reader.register(request, new BlockingLevels()).close();
      return "";
    } catch (LineException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static LineSettings line(int line) {
    return new LineSettings(line, GpioPull.DOWN, Duration.ZERO);
  }

  private void idle() throws InterruptedException {
    report("idle", IdleCpu.over(IDLE));
  }

  private void aChipIsRemovedAndComesBack(GpioReadingSource one, GpioReadingSource two)
      throws IOException {
    expander.unplug();
    Awaitility.await().until(() -> two.status() instanceof SourceStatus.Failing);
    check(running(one), "the other chip failed too");
    say("without its chip: " + two.status());
    Awaitility.await()
        .until(
            () ->
                two.status() instanceof SourceStatus.Failing(String reason)
                    && reason.contains("is not there"));
    say("then: " + two.status());
    header.drive(0, true);
    Awaitility.await().until(() -> receiver.readings().getLast().active());
    expander.plug();
    Awaitility.await().until(() -> running(two));
    expander.drive(2, true);
    SensorId sensor = new SensorId("x2");
    Awaitility.await().until(() -> changes(expanderReceiver, sensor).getLast().active());
    say("with its chip back it runs, and edges arrive");
  }

  private void debouncedLinesReportWhatHolds() throws Exception {
    BlockingLevels levels = new BlockingLevels();
    LineSettings settings = new LineSettings(7, GpioPull.DOWN, Duration.ofMillis(200));
    try (LineReader.Registration _ =
        register(new LineRequest(Optional.empty(), List.of(settings)), levels)) {
      for (int i = 0; i < 20; i++) {
        header.drive(7, i % 2 == 0);
      }
      header.drive(7, true);
      Awaitility.await().until(() -> levels.high() == 1L << 7);
      check(levels.notifications() == 2, "a bounce was notified: " + levels.notifications());
      say("20 bounces within the debounce time are one edge");
    }
  }

  private LineReader.Registration register(LineRequest request, LineReader.Listener listener)
      throws IOException {
    try {
      return reader.register(request, listener);
    } catch (LineException e) {
      throw new IOException(e);
    }
  }

  /// While the reader is blocked at its first edge, line 11 changes once and others overflow the
  /// queue.
  private void overrunEndsInTheRightLevels() throws Exception {
    int flips = 6000;
    int flooding = 12;
    BlockingLevels levels = new BlockingLevels();
    List<LineSettings> settings = new ArrayList<>();
    for (int line = 10; line < flooding + 8; line++) {
      settings.add(line(line));
    }
    try (LineReader.Registration _ =
        register(new LineRequest(Optional.empty(), settings), levels)) {
      levels.block();
      header.drive(10, true);
      levels.awaitBlocked();
      header.drive(11, true);
      for (int i = 0; i < flips; i++) {
        header.drive(flooding + i % 8, i / 8 % 2 == 0);
      }
      for (int line = 10; line < flooding + 8; line++) {
        header.drive(line, true);
      }
      levels.release();
      Awaitility.await().until(() -> levels.high() == 0b11_1111_1111L << 10);
      check(
          Duration.ZERO.equals(levels.ageOfLast(11)),
          "the edge of line 11 was not lost, so nothing was shown: " + levels.ageOfLast(11));
      say(
          "after %d edges in a row the levels are right, that of a line whose only edge was lost too"
              .formatted(flips));
    }
  }

  private void missingChipsAreNamed() {
    String missing = error(new LineRequest(Optional.of(new GpioChip("no-such")), List.of(line(0))));
    check(missing.contains("GPIO chip 'no-such' is not there"), missing);
    String beyond = error(new LineRequest(Optional.empty(), List.of(line(54))));
    check(beyond.contains("line 54 is beyond the 54 lines"), beyond);
    say(missing);
    say(beyond);
  }

  private void forbiddenChipIsNamed() {
    String closed = error(new LineRequest(Optional.empty(), List.of(line(0))));
    check(closed.contains("may not be opened by this user"), closed);
    say("another user gets: " + closed);
  }

  static void report(String what, IdleCpu cpu) {
    System.out.printf(
        "%s: cpu_percent=%.3f wake_ups=%d %s%n", what, cpu.percent(), cpu.wakeUps(), cpu.threads());
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      System.out.println("FAILED: " + otherwise);
      System.exit(1);
    }
  }

  private static void say(String what) {
    System.out.println("ok: " + what);
  }
}
