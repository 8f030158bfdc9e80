package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.GpioPull;
import io.gympulse.edge.sensing.gpio.line.LineSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Chip CHIP =
      new Chip(Path.of("/dev/gpiochip0"), "gpiochip0", "pinctrl-rp1", 54);
  private static final List<LineSetup> LINES =
      List.of(
          new LineSetup(4, GpioPull.DOWN, Duration.ZERO),
          new LineSetup(17, GpioPull.DOWN, Duration.ZERO));

  @Test
  void a_busy_line_is_told_with_its_user() {
    assertThat(taking(Syscalls.EBUSY, Map.of(4, "w1-gpio")))
        .isEqualTo(
            "line 4 of GPIO chip gpiochip0 [pinctrl-rp1] is in use by 'w1-gpio'; free it or give the sensor another line");
    assertThat(taking(Syscalls.EBUSY, Map.of()))
        .startsWith("one of the lines 4, 17 of GPIO chip gpiochip0 [pinctrl-rp1] was in use;");
  }

  @Test
  void a_chip_closed_to_this_user_is_told_with_the_remedy() {
    String remedy =
        "GPIO chip /dev/gpiochip0 may not be opened by this user; put the user into the group that owns it, usually gpio";
    assertThat(Refusals.opening(CHIP, Syscalls.EACCES)).hasMessage(remedy);
    assertThat(taking(Syscalls.EPERM, Map.of())).isEqualTo(remedy);
  }

  @Test
  void a_chip_that_is_gone_is_told_the_same_way_wherever_it_is_noticed() {
    String gone =
        "GPIO chip gpiochip0 [pinctrl-rp1] is gone; its lines are read again once it is back";
    assertThat(Refusals.opening(CHIP, Syscalls.ENOENT)).hasMessage(gone);
    assertThat(taking(Syscalls.ENODEV, Map.of())).isEqualTo(gone);
    assertThat(Refusals.reading(CHIP, LINES, Syscalls.ENODEV)).hasMessage(gone);
  }

  @Test
  void a_chip_without_interrupts_is_told_with_the_remedy() {
    assertThat(taking(Syscalls.ENXIO, Map.of()))
        .startsWith("GPIO chip gpiochip0 [pinctrl-rp1] has no interrupts for lines 4, 17; connect");
  }

  @Test
  void what_is_not_foreseen_is_told_with_its_number_and_lines() {
    assertThat(taking(Syscalls.EINVAL, Map.of()))
        .contains("lines 4, 17", "error 22", "Linux 5.10 or later");
    assertThat(Refusals.reading(CHIP, LINES, 5)).hasMessageContaining("error 5");
    assertThat(Refusals.opening(CHIP, 24)).hasMessageContaining("error 24");
    assertThat(Refusals.beyond(CHIP, new LineSetup(54, GpioPull.UP, Duration.ZERO)))
        .hasMessageStartingWith("line 54 is beyond the 54 lines of GPIO chip gpiochip0");
  }

  private static String taking(int error, Map<Integer, String> users) {
    return String.valueOf(Refusals.taking(CHIP, LINES, users, error).getMessage());
  }
}
