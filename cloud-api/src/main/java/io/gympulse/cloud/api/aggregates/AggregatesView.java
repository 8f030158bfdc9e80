package io.gympulse.cloud.api.aggregates;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.Totals;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /branches/{id}/categories/{category}/aggregates`: a category's windows, in ascending order
/// and without gaps.
///
/// @param from the first window's start
/// @param to the last window's end
public record AggregatesView(
    String gymId, String category, Instant from, Instant to, List<WindowView> windows) {

  /// @param bins of consecutive windows, at least one
  static AggregatesView of(GymId gym, CategoryId category, List<CategoryBin> bins) {
    return new AggregatesView(
        gym.value(),
        category.value(),
        bins.getFirst().key().window().start(),
        bins.getLast().key().window().end(),
        bins.stream().map(WindowView::of).toList());
  }

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
  ///
  /// @param occupancyRatio the occupied share of the time that is known, 0 to 1 with four decimals;
  ///     null if nothing is known
  public record TimesView(
      long occupiedMillis,
      long freeMillis,
      long unknownMillis,
      long transitions,
      Optional<Double> occupancyRatio) {
    private static final double DECIMALS = 10_000;

    static TimesView of(Totals totals) {
      return new TimesView(
          totals.occupied(),
          totals.free(),
          totals.unknown(),
          totals.transitions(),
          ratio(totals.occupied(), totals.occupied() + totals.free()));
    }

    private static Optional<Double> ratio(long occupied, long known) {
      return known == 0
          ? Optional.empty()
          : Optional.of(Math.round(DECIMALS * occupied / known) / DECIMALS);
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

  /// `GET /branches/{id}/aggregates`: a gym's windows, in ascending order and without gaps.
  public record GymAggregates(String gymId, Instant from, Instant to, List<GymWindow> windows) {
    /// @param windows consecutive ones, at least one
    /// @param bins of each category, a bin per window
    static GymAggregates of(
        GymId gym, List<Window> windows, Map<CategoryId, List<CategoryBin>> bins) {
      List<GymWindow> views = new ArrayList<>();
      for (int i = 0; i < windows.size(); i++) {
        int index = i;
        List<CategoryBin> ofWindow = bins.values().stream().map(it -> it.get(index)).toList();
        views.add(GymWindow.of(windows.get(i), ofWindow));
      }
      return new GymAggregates(
          gym.value(), windows.getFirst().start(), windows.getLast().end(), views);
    }
  }

  /// @param totals the sums over all machines of the gym
  /// @param categories the sums of each category, in the order of the floor plan
  public record GymWindow(
      Instant start, @JsonUnwrapped TimesView totals, List<CategoryTimes> categories) {
    static GymWindow of(Window window, List<CategoryBin> bins) {
      return new GymWindow(
          window.start(),
          TimesView.of(Totals.of(bins)),
          bins.stream()
              .map(it -> new CategoryTimes(it.key().category().value(), TimesView.of(it.totals())))
              .toList());
    }
  }

  public record CategoryTimes(String category, @JsonUnwrapped TimesView times) {}
}
