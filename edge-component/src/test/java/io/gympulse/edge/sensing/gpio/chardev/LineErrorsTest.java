package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineErrorsTest {
  private static final Chip CHIP =
      new Chip(Path.of("/dev/gpiochip0"), "gpiochip0", "pinctrl-rp1", 54);
  private static final List<LineSettings> LINES =
      List.of(
          new LineSettings(4, GpioPull.DOWN, Duration.ZERO),
          new LineSettings(17, GpioPull.DOWN, Duration.ZERO));

  @Test
  void a_busy_line_is_reported_with_its_user() {
    assertThat(requestFailed(Syscalls.EBUSY, Map.of(4, "w1-gpio")))
        .isEqualTo(
            "line 4 of GPIO chip gpiochip0 [pinctrl-rp1] is in use by 'w1-gpio'; free it or give the sensor another line");
    assertThat(requestFailed(Syscalls.EBUSY, Map.of()))
        .startsWith("one of the lines 4, 17 of GPIO chip gpiochip0 [pinctrl-rp1] was in use;");
  }

  @Test
  void a_chip_that_this_user_may_not_open_is_reported_with_the_remedy() {
    String remedy =
        "GPIO chip /dev/gpiochip0 may not be opened by this user; put the user into the group that owns it, usually gpio";
    assertThat(LineErrors.openFailed(CHIP, Syscalls.EACCES)).hasMessage(remedy);
    assertThat(requestFailed(Syscalls.EPERM, Map.of())).isEqualTo(remedy);
  }

  @Test
  void a_removed_chip_is_reported_in_the_same_way_wherever_it_is_noticed() {
    String gone =
        "GPIO chip gpiochip0 [pinctrl-rp1] is gone; its lines are read again once it is back";
    assertThat(LineErrors.openFailed(CHIP, Syscalls.ENOENT)).hasMessage(gone);
    assertThat(requestFailed(Syscalls.ENODEV, Map.of())).isEqualTo(gone);
    assertThat(LineErrors.readFailed(CHIP, LINES, Syscalls.ENODEV)).hasMessage(gone);
  }

  @Test
  void a_chip_without_interrupts_is_reported_with_the_remedy() {
    assertThat(requestFailed(Syscalls.ENXIO, Map.of()))
        .startsWith("GPIO chip gpiochip0 [pinctrl-rp1] has no interrupts for lines 4, 17; connect");
  }

  @Test
  void an_unforeseen_error_is_reported_with_its_number_and_lines() {
    assertThat(requestFailed(Syscalls.EINVAL, Map.of()))
        .contains("lines 4, 17", "error 22", "Linux 5.10 or later");
    assertThat(LineErrors.readFailed(CHIP, LINES, 5)).hasMessageContaining("error 5");
    assertThat(LineErrors.openFailed(CHIP, 24)).hasMessageContaining("error 24");
    assertThat(LineErrors.lineOutOfRange(CHIP, 54))
        .hasMessageStartingWith("line 54 is beyond the 54 lines of GPIO chip gpiochip0");
  }

  private static String requestFailed(int error, Map<Integer, String> users) {
    return String.valueOf(LineErrors.requestFailed(CHIP, LINES, users, error).getMessage());
  }
}
