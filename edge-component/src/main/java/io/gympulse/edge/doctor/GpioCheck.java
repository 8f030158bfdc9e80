package io.gympulse.edge.doctor;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The GPIO chips that the floor plan names: there, with these lines, and open to this user. Lines
/// are not requested, as a running gateway has them.
///
/// @param machines the gateway's
/// @param chips the machine's
record GpioCheck(List<Machine> machines, ChipAccess chips) implements Check {

  /// Looks for a chip.
  interface ChipAccess {

    /// @param chip empty for the one of the machine's header
    /// @return what the chip is called
    /// @throws LineException if it or a line is not there, or may not be opened; the message has
    ///     the remedy
    String find(Optional<GpioChip> chip, List<Integer> lines) throws LineException;
  }

  @Override
  public String name() {
    return "gpio";
  }

  @Override
  public Finding run() {
    Map<Optional<GpioChip>, List<Integer>> lines = new LinkedHashMap<>();
    machines.stream()
        .flatMap(it -> it.sensors().stream())
        .filter(it -> it.source() instanceof Gpio)
        .map(it -> (Gpio) it.source())
        .forEach(it -> lines.computeIfAbsent(it.chip(), _ -> new ArrayList<>()).add(it.line()));
    if (lines.isEmpty()) {
      return Finding.skipped("the floor plan has no GPIO sensor");
    }
    List<String> seen = new ArrayList<>();
    for (Map.Entry<Optional<GpioChip>, List<Integer>> it : lines.entrySet()) {
      try {
        String chip = chips.find(it.getKey(), it.getValue());
        seen.add("%s: %d lines of the floor plan".formatted(chip, it.getValue().size()));
      } catch (LineException e) {
        return Finding.failed(String.valueOf(e.getMessage()));
      }
    }
    return Finding.ok(String.join(", ", seen));
  }
}
