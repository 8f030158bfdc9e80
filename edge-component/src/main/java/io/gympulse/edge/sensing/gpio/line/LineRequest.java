package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.contract.floorplan.GpioChip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lines of one chip that are taken in one piece, as far as the kernel's interface goes.
///
/// @param chip none for the chip of the machine's own header
/// @param lines 1 to 64, with at most 8 different debounce times
public record LineRequest(Optional<GpioChip> chip, List<LineSetup> lines) {
  public static final int MOST_LINES = 64;

  /// The kernel takes ten deviations from the rule; two pulls may need one each.
  public static final int MOST_DEBOUNCES = 8;

  public LineRequest {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw new IllegalArgumentException("%d lines in one request".formatted(lines.size()));
    }
    if (debounces(lines).size() > MOST_DEBOUNCES) {
      throw new IllegalArgumentException("more than 8 debounce times in one request");
    }
  }

  /// As few requests as the order of the lines allows.
  public static List<LineRequest> of(Optional<GpioChip> chip, Collection<LineSetup> lines) {
    List<LineRequest> requests = new ArrayList<>();
    List<LineSetup> together = new ArrayList<>();
    for (LineSetup line : lines) {
      together.add(line);
      if (together.size() > MOST_LINES || debounces(together).size() > MOST_DEBOUNCES) {
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

  /// Each line's place in [#lines].
  Map<Integer, Integer> places() {
    Map<Integer, Integer> places = new HashMap<>();
    for (LineSetup line : lines) {
      places.put(line.line(), places.size());
    }
    return places;
  }

  private static Set<Duration> debounces(List<LineSetup> lines) {
    Set<Duration> debounces = new HashSet<>();
    lines.forEach(it -> debounces.add(it.debounce()));
    debounces.remove(Duration.ZERO);
    return debounces;
  }
}
