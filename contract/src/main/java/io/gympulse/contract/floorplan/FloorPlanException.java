package io.gympulse.contract.floorplan;

import io.gympulse.contract.json.JsonCursor;
import java.util.List;
import java.util.stream.Collectors;

/// A floor plan is missing or not valid. The message names the file, the first mistake with its
/// field, line and remedy, and how many more there are; [#report] has all of them.
public final class FloorPlanException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<FloorPlanRemark> mistakes;
  private final String report;

  /// A plan of which nothing can be read.
  public FloorPlanException(String message) {
    super(message);
    this.mistakes = List.of();
    this.report = message;
  }

  /// @param origin what to call the plan, such as its file name
  /// @param mistakes in the order of reading, so that none follows from a later one; at least one,
  ///     at most [JsonCursor#MAX_COLLECTED]
  FloorPlanException(String origin, List<FloorPlanRemark> mistakes) {
    super(
        "floor plan %s: %s%s"
            .formatted(
                origin,
                mistakes.getFirst(),
                mistakes.size() == 1 ? "" : "; and %d more".formatted(mistakes.size() - 1)));
    this.mistakes = FloorPlanRemark.byLine(mistakes);
    this.report =
        mistakes.size() == 1
            ? String.valueOf(getMessage())
            : this.mistakes.stream()
                .map(it -> "\n  " + it)
                .collect(
                    Collectors.joining(
                        "", "floor plan %s has %s:".formatted(origin, count(mistakes.size())), ""));
  }

  /// How many mistakes there are, in words.
  private static String count(int mistakes) {
    return mistakes < JsonCursor.MAX_COLLECTED
        ? mistakes + " mistakes"
        : "%d mistakes or more".formatted(mistakes);
  }

  /// All mistakes in the order of the text; empty if the plan is not there or cannot be read.
  public List<FloorPlanRemark> mistakes() {
    return mistakes == null ? List.of() : mistakes;
  }

  /// The message with all mistakes. If there are several, each has a line of its own.
  public String report() {
    return report;
  }
}
