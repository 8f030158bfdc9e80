package io.gympulse.edge.sensing.gpio.chardev;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A GPIO chip of this machine.
///
/// @param name the kernel's, such as `gpiochip0`
/// @param label the driver's
/// @param lines the number of its lines
record Chip(Path device, String name, String label, int lines) {
  private static final String HEADER_LABEL = "pinctrl";

  /// Selects the chip that a floor plan names. An ambiguous name is an error.
  ///
  /// @param wanted a name or label; empty for the chip of the machine's own header, which is the
  ///     only chip, or the only one with `pinctrl` in its label, as on a Raspberry Pi
  static Chip select(Optional<GpioChip> wanted, List<Chip> found) throws LineException {
    if (wanted.isPresent()) {
      return named(wanted.get().value(), found);
    }
    List<Chip> candidates =
        found.size() == 1 ? found : only(found, it -> it.label().contains(HEADER_LABEL));
    return switch (candidates.size()) {
      case 1 -> candidates.getFirst();
      case 0 ->
          throw new LineException(
              "no GPIO chip is the machine's header (%s); name one by \"chip\" in the floor plan"
                  .formatted(list(found)));
      default ->
          throw new LineException(
              "several GPIO chips could be the header (%s); name one by \"chip\" in the floor plan"
                  .formatted(list(candidates)));
    };
  }

  private static Chip named(String wanted, List<Chip> found) throws LineException {
    List<Chip> named = only(found, it -> it.name().equals(wanted));
    List<Chip> matching = named.isEmpty() ? only(found, it -> it.label().equals(wanted)) : named;
    return switch (matching.size()) {
      case 1 -> matching.getFirst();
      case 0 ->
          throw new LineException(
              "GPIO chip '%s' is not there (%s); plug it in, load its driver or correct \"chip\" in the floor plan"
                  .formatted(wanted, list(found)));
      default ->
          throw new LineException(
              "several GPIO chips are labelled '%s' (%s); give the name as \"chip\" in the floor plan"
                  .formatted(wanted, list(matching)));
    };
  }

  private static List<Chip> only(List<Chip> chips, Predicate<Chip> condition) {
    return chips.stream().filter(condition).toList();
  }

  private static String list(List<Chip> chips) {
    return chips.isEmpty()
        ? "there is none"
        : chips.stream().map(Chip::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return "%s [%s]".formatted(name, label);
  }
}
