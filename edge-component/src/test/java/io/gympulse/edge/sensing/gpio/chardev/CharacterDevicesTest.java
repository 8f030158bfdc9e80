package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineHandle;
import io.gympulse.edge.sensing.gpio.line.GpioChips.Waiter;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
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

/// Covers what is testable without a chip; `src/hardware-test/run` covers the rest.
@EnabledOnOs(OS.LINUX)
class CharacterDevicesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int NO_DESCRIPTOR = 1 << 30;
  private static final List<LineSettings> LINES =
      List.of(new LineSettings(4, GpioPull.DOWN, Duration.ZERO));

  private final Chip chip = new Chip(Path.of("/dev/gpiochip0"), "gpiochip0", "test", 32);
  private final List<LineHandle> open = new ArrayList<>();

  @AfterEach
  void release() {
    open.forEach(LineHandle::close);
  }

  @Test
  void a_machine_without_chips_is_reported(@TempDir Path folder) {
    assertThatThrownBy(() -> request(folder, Optional.of(new GpioChip("expander"))))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith("GPIO chip 'expander' is not there (there is none)");
    assertThatThrownBy(() -> request(folder.resolve("none"), Optional.empty()))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith("GPIO chips cannot be listed in");
  }

  @Test
  void a_file_that_is_not_a_chip_is_skipped(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("gpiochip0"), "no chip");
    assertThatThrownBy(() -> request(folder, Optional.empty()))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("there is none");
  }

  private static void request(Path folder, Optional<GpioChip> chip) throws LineException {
    new CharacterDevices(folder).request(new LineRequest(chip, LINES)).close();
  }

  @Test
  void waiting_ends_when_time_is_up() throws LineException {
    LineHandle quiet = lines();
    try (Waiter waiter = new CharacterDevices().waiter()) {
      assertThat(waiter.await(List.of(quiet), Duration.ofNanos(1))).isEmpty();
    }
  }

  @Test
  void waking_ends_one_wait() throws LineException {
    LineHandle quiet = lines();
    try (Waiter waiter = new CharacterDevices().waiter()) {
      waiter.wake();
      waiter.wake();
      assertThat(waiter.await(List.of(quiet), LONG)).isEmpty();
      assertThat(waiter.await(List.of(quiet), Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void waiting_returns_the_lines_that_have_edges() throws LineException {
    DeviceLineHandle quiet = lines();
    DeviceLineHandle ready = lines();
    try (Waiter waiter = new CharacterDevices().waiter();
        Arena arena = Arena.ofConfined()) {
      Syscalls.write(ready.fd(), arena.allocateFrom(ValueLayout.JAVA_LONG, 1L));
      assertThat(waiter.await(List.of(quiet, ready), LONG)).isEqualTo(Set.of(ready));
    }
  }

  @Test
  void waiting_returns_an_invalid_descriptor() throws LineException {
    LineHandle none = new DeviceLineHandle(chip, LINES, NO_DESCRIPTOR);
    open.add(none);
    try (Waiter waiter = new CharacterDevices().waiter()) {
      assertThat(waiter.await(List.of(none), LONG)).isEqualTo(Set.of(none));
    }
  }

  @Test
  void invalid_lines_are_reported_with_the_kernels_error() {
    DeviceLineHandle none = lines();
    assertThatThrownBy(none::levels)
        .isInstanceOf(LineException.class)
        .hasMessageContaining("lines 4 of GPIO chip gpiochip0 [test] cannot be read: error 25");
  }

  @Test
  void an_error_of_the_kernel_is_a_negative_number() {
    assertThat(Syscalls.open("/no/such/file")).isEqualTo(-Syscalls.ENOENT);
    assertThat(new CharacterDevices().nanos()).isPositive();
  }

  /// Waiting works on any kind of descriptor.
  private DeviceLineHandle lines() {
    DeviceLineHandle lines = new DeviceLineHandle(chip, LINES, Syscalls.eventfd());
    open.add(lines);
    return lines;
  }
}
