package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChipTest {
  private static final Chip HEADER = chip("gpiochip0", "pinctrl-rp1");
  private static final Chip ONE = chip("gpiochip1", "mcp23017");
  private static final Chip TWO = chip("gpiochip2", "mcp23017");
  private static final Chip BOARD = chip("gpiochip10", "gpio-brcmstb@107d508500");

  @Test
  void without_a_name_the_header_is_selected() throws LineException {
    assertThat(Chip.select(Optional.empty(), List.of(BOARD, ONE, HEADER))).isEqualTo(HEADER);
    assertThat(Chip.select(Optional.empty(), List.of(ONE))).isEqualTo(ONE);
  }

  @Test
  void a_chip_is_selected_by_name_or_label() throws LineException {
    assertThat(Chip.select(named("gpiochip2"), List.of(HEADER, ONE, TWO))).isEqualTo(TWO);
    assertThat(Chip.select(named("mcp23017"), List.of(HEADER, ONE))).isEqualTo(ONE);
    assertThat(Chip.select(named("gpiochip1"), List.of(HEADER, ONE, BOARD))).isEqualTo(ONE);
  }

  @Test
  void an_ambiguous_selection_is_rejected() {
    assertRejected(
        Optional.empty(),
        List.of(ONE, TWO),
        "no GPIO chip is the machine's header (gpiochip1 [mcp23017], gpiochip2 [mcp23017]); name one");
    assertRejected(
        Optional.empty(),
        List.of(HEADER, chip("gpiochip3", "pinctrl-other")),
        "several GPIO chips could be the header (gpiochip0 [pinctrl-rp1], gpiochip3 [pinctrl-other])");
    assertRejected(
        named("mcp23017"),
        List.of(HEADER, ONE, TWO),
        "several GPIO chips are labelled 'mcp23017' (gpiochip1 [mcp23017], gpiochip2 [mcp23017]); give the name");
  }

  @Test
  void a_missing_chip_is_reported_with_those_that_exist() {
    assertRejected(
        named("expander"),
        List.of(HEADER),
        "GPIO chip 'expander' is not there (gpiochip0 [pinctrl-rp1]); plug it in");
    assertRejected(Optional.empty(), List.of(), "(there is none)");
  }

  private static void assertRejected(Optional<GpioChip> wanted, List<Chip> found, String message) {
    assertThatThrownBy(() -> Chip.select(wanted, found))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  private static Optional<GpioChip> named(String name) {
    return Optional.of(new GpioChip(name));
  }

  private static Chip chip(String name, String label) {
    return new Chip(Path.of("/dev", name), name, label, 32);
  }
}
