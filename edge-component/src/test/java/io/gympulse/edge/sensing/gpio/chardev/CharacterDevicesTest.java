package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.GpioChip;
import io.gympulse.contract.floorplan.GpioPull;
import io.gympulse.edge.sensing.gpio.line.HeldLines;
import io.gympulse.edge.sensing.gpio.line.LineException;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineSetup;
import io.gympulse.edge.sensing.gpio.line.Waiter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// As far as a machine without a chip can show; `src/hardware-test/run` shows the rest.
@EnabledOnOs(OS.LINUX)
class CharacterDevicesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int NO_DESCRIPTOR = 1 << 30;
  private static final List<LineSetup> LINES =
      List.of(new LineSetup(4, GpioPull.DOWN, Duration.ZERO));

  private final Chip chip = new Chip(Path.of("/dev/gpiochip0"), "gpiochip0", "test", 32);
  private final List<HeldLines> open = new ArrayList<>();

  @AfterEach
  void release() {
    open.forEach(HeldLines::close);
  }

  @Test
  void a_machine_without_chips_says_so(@TempDir Path folder) {
    assertThatThrownBy(() -> take(folder, Optional.of(new GpioChip("expander"))))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith("GPIO chip 'expander' is not there (there is none)");
    assertThatThrownBy(() -> take(folder.resolve("none"), Optional.empty()))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith("GPIO chips cannot be looked for in");
  }

  @Test
  void a_file_that_is_no_chip_is_passed_over(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("gpiochip0"), "no chip");
    assertThatThrownBy(() -> take(folder, Optional.empty()))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("there is none");
  }

  private static void take(Path folder, Optional<GpioChip> chip) throws LineException {
    new CharacterDevices(folder).take(new LineRequest(chip, LINES)).close();
  }

  @Test
  void waiting_ends_when_time_is_up() throws LineException {
    HeldLines quiet = lines();
    try (Waiter waiter = new CharacterDevices().waiter()) {
      assertThat(waiter.await(List.of(quiet), Duration.ofNanos(1))).isEmpty();
    }
  }

  @Test
  void waking_ends_one_wait() throws LineException {
    HeldLines quiet = lines();
    try (Waiter waiter = new CharacterDevices().waiter()) {
      waiter.wake();
      waiter.wake();
      assertThat(waiter.await(List.of(quiet), LONG)).isEmpty();
      assertThat(waiter.await(List.of(quiet), Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void waiting_ends_with_the_lines_that_have_something_to_tell() throws LineException {
    OpenLines quiet = lines();
    OpenLines told = lines();
    try (Waiter waiter = new CharacterDevices().waiter();
        Arena arena = Arena.ofConfined()) {
      Syscalls.write(told.fd(), arena.allocateFrom(ValueLayout.JAVA_LONG, 1L));
      assertThat(waiter.await(List.of(quiet, told), LONG)).isEqualTo(Set.of(told));
    }
  }

  @Test
  void a_descriptor_that_is_none_counts_as_something_to_tell() throws LineException {
    HeldLines none = new OpenLines(chip, LINES, NO_DESCRIPTOR);
    open.add(none);
    try (Waiter waiter = new CharacterDevices().waiter()) {
      assertThat(waiter.await(List.of(none), LONG)).isEqualTo(Set.of(none));
    }
  }

  @Test
  void lines_that_are_none_are_told_with_the_kernels_error() {
    OpenLines none = lines();
    assertThatThrownBy(none::levels)
        .isInstanceOf(LineException.class)
        .hasMessageContaining("lines 4 of GPIO chip gpiochip0 [test] cannot be read: error 25");
  }

  @Test
  void what_the_kernel_refuses_is_a_negative_number() {
    assertThat(Syscalls.open("/no/such/file")).isEqualTo(-Syscalls.ENOENT);
    assertThat(new CharacterDevices().nanos()).isPositive();
  }

  /// Any descriptor does for waiting.
  private OpenLines lines() {
    OpenLines lines = new OpenLines(chip, LINES, Syscalls.eventfd());
    open.add(lines);
    return lines;
  }
}
