package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.forecast.CalibrationFit.Fitted;
import io.gympulse.cloud.core.forecast.CategoryModel.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Fits a category's model to its history. Rates come from the last 90 days. Level and calibration
/// are learned on held-out weeks: each week's cases are forecast with rates of the time before it,
/// as the model was not there to be used with its own future. A category with less than three weeks
/// has rates, and no calibration yet.
///
/// @param zone of the slots of the week
/// @param limit of the category's event; see [CategoryModel]
/// @param minutes the times ahead to calibrate for, ascending multiples of 15
public record ModelFitting(ZoneId zone, int limit, List<Integer> minutes) {
  /// What the product calibrates for; in between, calibrations are mixed.
  public static final List<Integer> STANDARD = List.of(30, 90, 180);

  /// The time from the first window to the first held-out week.
  public static final Duration FIRST = Duration.ofDays(14);

  private static final Duration FOLD = Duration.ofDays(7);
  private static final int LEAST_CASES = 150;

  /// How far back held-out weeks reach; more are not needed.
  private static final Duration HELD_OUT = Duration.ofDays(364);

  /// A case each 45 minutes, so that all quarters of an hour have some.
  private static final int EVERY = 3;

  private static final int MACHINES_PER_CASE = 4;

  /// As if each machine had had 20 uses at the usual rate.
  private static final double PRIOR_USES = 20;

  private static final List<Level> LEVELS =
      List.of(
          new Level(0, 1),
          new Level(0.25, 0.5),
          new Level(0.5, 0.5),
          new Level(0.5, 0),
          new Level(0.75, 0.5),
          new Level(0.75, 0),
          new Level(1, 0));

  public ModelFitting {
    minutes = List.copyOf(minutes);
  }

  /// Nothing after the history's moment is used.
  public CategoryModel fit(OccupancyHistory history) {
    List<Learning> category = learnings();
    List<Learning> machine = learnings();
    Instant end = history.asOf();
    Instant fold = history.beginning().map(it -> it.plus(FIRST)).orElse(end);
    fold = fold.isBefore(end.minus(HELD_OUT)) ? end.minus(HELD_OUT) : fold;
    for (; fold.isBefore(end); fold = fold.plus(FOLD)) {
      CategoryModel before = uncalibrated(history, fold);
      for (OccupancyWindow window : history.between(fold, earlier(fold.plus(FOLD), end))) {
        if (window.window().number() % EVERY == 0) {
          learn(history, before, window, category, machine);
        }
      }
    }
    CategoryModel rates = uncalibrated(history, end);
    return new CategoryModel(
        end,
        zone,
        rates.machines(),
        limit,
        rates.rates(),
        calibrations(category),
        calibrations(machine),
        history.popularity(PRIOR_USES));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private CategoryModel uncalibrated(OccupancyHistory history, Instant to) {
    return new CategoryModel(
        to,
        zone,
        history.machines(),
        limit,
        SlotRates.fit(history, zone, limit, to),
        List.of(),
        List.of(),
        new TreeMap<>());
  }

  private void learn(
      OccupancyHistory history,
      CategoryModel model,
      OccupancyWindow window,
      List<Learning> category,
      List<Learning> machine) {
    Optional<State> state = state(history, window);
    for (int i = 0; i < minutes.size() && state.isPresent(); i++) {
      Duration ahead = Duration.ofMinutes(minutes.get(i));
      Optional<OccupancyWindow> then =
          history
              .find(window.window().number() + ahead.dividedBy(Window.LENGTH))
              .filter(it -> it.knownMachines() == history.machines());
      if (then.isPresent() && model.coversSlots(state.get(), ahead)) {
        category.get(i).learnCategory(model, state.get(), ahead, then.get());
        if (limit == model.machines()) {
          machine.get(i).learnMachines(model, state.get(), ahead, window, then.get());
        }
      }
    }
  }

  /// Only if all machines are known.
  private static Optional<State> state(OccupancyHistory history, OccupancyWindow window) {
    if (window.knownMachines() < history.machines()) {
      return Optional.empty();
    }
    long steps = CategoryModel.BEFORE.dividedBy(Window.LENGTH);
    Optional<Double> before =
        history
            .find(window.window().number() - steps)
            .filter(it -> it.knownMachines() > 0)
            .map(it -> (double) it.inUse() / it.knownMachines());
    return Optional.of(
        new State(window.window().start(), history.machines(), window.inUse(), before));
  }

  private List<Learning> learnings() {
    return minutes.stream().map(Learning::new).toList();
  }

  private static List<Calibration> calibrations(List<Learning> learnings) {
    return learnings.stream().flatMap(it -> it.best().stream()).toList();
  }

  /// The cases of one time ahead, forecast with each level.
  private static final class Learning {
    private final int minutes;
    private final List<CalibrationFit> byLevel = new ArrayList<>();

    Learning(int minutes) {
      this.minutes = minutes;
      LEVELS.forEach(_ -> byLevel.add(new CalibrationFit()));
    }

    void learnCategory(CategoryModel model, State state, Duration ahead, OccupancyWindow then) {
      boolean outcome = then.inUse() < model.limit();
      for (int i = 0; i < LEVELS.size(); i++) {
        byLevel.get(i).add(model.uncalibrated(state, ahead, LEVELS.get(i)), outcome, day(state));
      }
    }

    void learnMachines(
        CategoryModel model,
        State state,
        Duration ahead,
        OccupancyWindow window,
        OccupancyWindow then) {
      int all = model.machines();
      long first = window.window().number() / EVERY * MACHINES_PER_CASE;
      for (int n = 0; n < Math.min(MACHINES_PER_CASE, all); n++) {
        int machine = Math.floorMod(first + n, all);
        boolean occupied = window.occupied().get(machine);
        boolean outcome = !then.occupied().get(machine);
        for (int i = 0; i < LEVELS.size(); i++) {
          double free = model.uncalibratedFree(1, occupied, state, ahead, LEVELS.get(i));
          byLevel.get(i).add(free, outcome, day(state));
        }
      }
    }

    private static long day(State state) {
      return Math.floorDiv(state.now().getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    Optional<Calibration> best() {
      if (byLevel.getFirst().size() < LEAST_CASES) {
        return Optional.empty();
      }
      List<Fitted> fitted = new ArrayList<>();
      for (int i = 0; i < LEVELS.size(); i++) {
        fitted.add(byLevel.get(i).fit(minutes, LEVELS.get(i)));
      }
      return fitted.stream()
          .min(Comparator.comparingDouble(Fitted::logScore))
          .map(Fitted::calibration);
    }
  }
}
