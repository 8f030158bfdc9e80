package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lines of one chip that are requested together, within the limits of the kernel's interface.
///
/// @param chip empty for the chip of the machine's own header
/// @param lines 1 to 64, with at most 8 different debounce times
public record LineRequest(Optional<GpioChip> chip, List<LineSettings> lines) {
  public static final int MAX_LINES = 64;

  /// The kernel accepts ten attributes per request, of which two may be needed for pulls.
  public static final int MAX_DEBOUNCES = 8;

  /// How one line is read.
  ///
  /// @param line its offset on the chip
  /// @param debounce how long a level must hold until it is reported; zero reports every edge
  public record LineSettings(int line, GpioPull pull, Duration debounce) {}

  public LineRequest {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new IllegalArgumentException("%d lines in one request".formatted(lines.size()));
    }
    if (debounces(lines).size() > MAX_DEBOUNCES) {
      throw new IllegalArgumentException("more than 8 debounce times in one request");
    }
  }

  /// Splits lines, in their order, into as few requests as possible.
  public static List<LineRequest> of(Optional<GpioChip> chip, Collection<LineSettings> lines) {
    List<LineRequest> requests = new ArrayList<>();
    List<LineSettings> together = new ArrayList<>();
    for (LineSettings line : lines) {
      together.add(line);
      if (together.size() > MAX_LINES || debounces(together).size() > MAX_DEBOUNCES) {
        together.removeLast();
        requests.add(new LineRequest(chip, together));
        together = new ArrayList<>(List.of(line));
      }
    }
    if (!together.isEmpty()) {
      requests.add(new LineRequest(chip, together));
    }
    return requests;
  }

  /// The index of each line in [#lines].
  Map<Integer, Integer> indexes() {
    Map<Integer, Integer> indexes = new HashMap<>();
    for (LineSettings line : lines) {
      indexes.put(line.line(), indexes.size());
    }
    return indexes;
  }

  private static Set<Duration> debounces(List<LineSettings> lines) {
    Set<Duration> debounces = new HashSet<>();
    lines.forEach(it -> debounces.add(it.debounce()));
    debounces.remove(Duration.ZERO);
    return debounces;
  }
}
