package io.gympulse.edge.sensing.gpio.chardev;

import io.gympulse.contract.floorplan.GpioChip;
import io.gympulse.edge.sensing.gpio.line.LineException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which of a machine's chips a floor plan means. Nothing is guessed: where several could be meant,
/// the floor plan has to say.
final class ChipChoice {
  private static final String HEADER_LABEL = "pinctrl";

  private ChipChoice() {}

  /// @param wanted a name or label; none for the header's chip, which is the only chip there is, or
  ///     the only one whose label has `pinctrl` in it, as a Raspberry Pi's
  static Chip of(Optional<GpioChip> wanted, List<Chip> found) throws LineException {
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
                  .formatted(listed(found)));
      default ->
          throw new LineException(
              "several GPIO chips could be the header (%s); name one by \"chip\" in the floor plan"
                  .formatted(listed(candidates)));
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
                  .formatted(wanted, listed(found)));
      default ->
          throw new LineException(
              "several GPIO chips are labelled '%s' (%s); give the name as \"chip\" in the floor plan"
                  .formatted(wanted, listed(matching)));
    };
  }

  private static List<Chip> only(List<Chip> chips, Predicate<Chip> which) {
    return chips.stream().filter(which).toList();
  }

  private static String listed(List<Chip> chips) {
    return chips.isEmpty()
        ? "there is none"
        : chips.stream().map(Chip::toString).collect(Collectors.joining(", "));
  }
}
