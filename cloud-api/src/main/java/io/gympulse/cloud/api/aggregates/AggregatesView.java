package io.gympulse.cloud.api.aggregates;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.Totals;
import io.gympulse.cloud.core.aggregate.MachineBin;
import java.time.Instant;
import java.util.List;

/// `GET /branches/{id}/categories/{category}/aggregates`: a category's windows, in ascending order
/// and without gaps.
///
/// @param from the first window's start
/// @param to the last window's end
public record AggregatesView(
    String gymId, String category, Instant from, Instant to, List<WindowView> windows) {

  /// A window of 15 minutes.
  ///
  /// @param totals the sums over all machines of the category
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

  /// Milliseconds in each status, which add up to 900,000 per machine, and status changes.
  public record TimesView(
      long occupiedMillis, long freeMillis, long unknownMillis, long transitions) {
    static TimesView of(Totals totals) {
      return new TimesView(
          totals.occupied(), totals.free(), totals.unknown(), totals.transitions());
    }
  }

  /// One machine in a window.
  ///
  /// @param startStatus at the window's start: `free`, `occupied` or `unknown`
  /// @param endStatus at the window's end
  public record MachineTimes(
      String id, @JsonUnwrapped TimesView times, String startStatus, String endStatus) {
    static MachineTimes of(String id, MachineBin bin) {
      return new MachineTimes(
          id, TimesView.of(Totals.of(bin)), bin.start().wireName(), bin.end().wireName());
    }
  }
}
