package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.forecast.Calibration.Range;
import io.gympulse.cloud.core.forecast.CategoryModel.State;
import io.gympulse.cloud.core.forecast.Forecast.Basis;
import io.gympulse.cloud.core.forecast.Forecast.FreeMachines;
import io.gympulse.cloud.core.forecast.Forecast.Likely;
import io.gympulse.cloud.core.forecast.Forecast.Reason;
import io.gympulse.cloud.core.forecast.Forecast.Unknown;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.util.Optional;

/// Answers from a category's model as far as it reaches: the model, with little data the slot's
/// average, else the reason why there is none. Machines whose status is unknown are never forecast
/// over: a category's probability is that of its known machines, so it is a lower bound if there
/// are others.
public final class Forecaster {
  /// How old a model may be.
  public static final Duration LASTS = Duration.ofDays(14);

  /// The least weeks behind a slot's average.
  private static final int LEAST_WEEKS = 2;

  /// The standard normal's 90 % quantile.
  private static final double TENTH = 1.2816;

  private static final double MILLIS_PER_HOUR = 3_600_000;

  private Forecaster() {}

  /// Whether at least one known machine of the category will be free.
  ///
  /// @param model empty before the first fit
  /// @param ahead 0 to [CategoryModel#REACH]
  /// @throws IllegalArgumentException if `ahead` is out of reach
  public static Forecast category(Optional<CategoryModel> model, State state, Duration ahead) {
    requireReach(ahead);
    if (state.known() == 0) {
      return new Unknown(Reason.STATUS_UNKNOWN);
    }
    Optional<Reason> unusable = unusable(model, state);
    if (unusable.isPresent()) {
      return new Unknown(unusable.get());
    }
    CategoryModel usable = model.orElseThrow();
    return usable.coversCategory(state, ahead)
        ? byModel(usable, state, ahead)
        : slotAverage(usable, state, ahead);
  }

  private static Likely byModel(CategoryModel model, State state, Duration ahead) {
    Range range = model.below(state, ahead);
    double[] inUse = model.inUse(state, ahead);
    double waitHours = (1 - range.probability()) / (state.known() * model.rates().endings());
    return Likely.ofModel(range)
        .with(
            Duration.ofMillis(Math.round(waitHours * MILLIS_PER_HOUR)),
            new FreeMachines(
                state.known() - ServerSystem.quantile(inUse, 0.9),
                state.known() - ServerSystem.quantile(inUse, 0.1)));
  }

  /// Wilson's interval (E. B. Wilson, "Probable inference", JASA 22, 1927), around the share of
  /// weeks with one more success and failure. It is of all machines, so some unknown ones make it
  /// unusable.
  private static Forecast slotAverage(CategoryModel model, State state, Duration ahead) {
    int slot = WeekSlot.of(state.now().plus(ahead), model.zone());
    double weeks = model.rates().weeks().at(slot);
    if (weeks < LEAST_WEEKS || state.known() < model.machines()) {
      return new Unknown(Reason.TOO_LITTLE_DATA);
    }
    double share = model.rates().belowLimit().at(slot);
    double probability = (share * weeks + 1) / (weeks + 2);
    double square = TENTH * TENTH;
    double middle = (share + square / (2 * weeks)) / (1 + square / weeks);
    double margin =
        TENTH
            / (1 + square / weeks)
            * Math.sqrt(share * (1 - share) / weeks + square / (4 * weeks * weeks));
    return new Likely(
        probability,
        Math.clamp(middle - margin, 0, probability),
        Math.clamp(middle + margin, probability, 1),
        Basis.SLOT_AVERAGE,
        Optional.empty(),
        Optional.empty());
  }

  /// Whether one machine will be free. There is no slot average of single machines.
  ///
  /// @param model of its category
  /// @param status now
  /// @param state of its category
  /// @param ahead 0 to [CategoryModel#REACH]
  /// @throws IllegalArgumentException if `ahead` is out of reach
  public static Forecast machine(
      Optional<CategoryModel> model,
      MachineId machine,
      MachineStatus status,
      State state,
      Duration ahead) {
    requireReach(ahead);
    return switch (status) {
      case UNKNOWN -> new Unknown(Reason.STATUS_UNKNOWN);
      case FREE, OCCUPIED ->
          machine(model, machine, status == MachineStatus.OCCUPIED, state, ahead);
    };
  }

  private static Forecast machine(
      Optional<CategoryModel> model,
      MachineId machine,
      boolean occupied,
      State state,
      Duration ahead) {
    Optional<Reason> unusable = unusable(model, state);
    if (unusable.isPresent()) {
      return new Unknown(unusable.get());
    }
    CategoryModel usable = model.orElseThrow();
    return usable.coversMachine(state, ahead)
        ? Likely.ofModel(usable.free(machine, occupied, state, ahead))
        : new Unknown(Reason.TOO_LITTLE_DATA);
  }

  private static Optional<Reason> unusable(Optional<CategoryModel> model, State state) {
    if (model.isEmpty() || state.known() > CategoryModel.MOST_MACHINES) {
      return Optional.of(Reason.TOO_LITTLE_DATA);
    }
    return model.get().fittedAt().plus(LASTS).isBefore(state.now())
        ? Optional.of(Reason.MODEL_OUTDATED)
        : Optional.empty();
  }

  private static void requireReach(Duration ahead) {
    if (ahead.isNegative() || ahead.compareTo(CategoryModel.REACH) > 0) {
      throw new IllegalArgumentException("%s ahead is out of reach".formatted(ahead));
    }
  }
}
