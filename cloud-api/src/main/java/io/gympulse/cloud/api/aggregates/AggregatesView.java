package io.gympulse.cloud.api.aggregates;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Totals;
import java.time.Instant;
import java.util.List;

/// `GET /branches/{id}/categories/{category}/aggregates`: a category's windows, ascending and
/// without gaps.
///
/// @param from the first window's start
/// @param to the last window's end
public record AggregatesView(
    String gymId, String category, Instant from, Instant to, List<WindowView> windows) {

  /// A quarter of an hour of all machines.
  ///
  /// @param totals its machines added up
  public record WindowView(
      Instant start, @JsonUnwrapped TimesView totals, List<MachineTimes> machines) {
    static WindowView of(CategoryBin bin) {
      return new WindowView(
          bin.key().window().start(),
          TimesView.of(bin.totals()),
          bin.machines().entrySet().stream()
              .map(it -> MachineTimes.of(it.getKey().value(), it.getValue()))
              .toList());
    }
  }

  /// Machine-milliseconds in each status; they add up to 900,000 per machine.
  public record TimesView(
      long occupiedMillis, long freeMillis, long unknownMillis, long transitions) {
    static TimesView of(Totals totals) {
      return new TimesView(
          totals.occupied(), totals.free(), totals.unknown(), totals.transitions());
    }
  }

  /// One machine of a window.
  ///
  /// @param startStatus as the window began: `free`, `occupied` or `unknown`
  /// @param endStatus as it ended
  public record MachineTimes(
      String id, @JsonUnwrapped TimesView times, String startStatus, String endStatus) {
    static MachineTimes of(String id, MachineBin bin) {
      return new MachineTimes(
          id, TimesView.of(Totals.of(bin)), bin.start().wireName(), bin.end().wireName());
    }
  }
}
