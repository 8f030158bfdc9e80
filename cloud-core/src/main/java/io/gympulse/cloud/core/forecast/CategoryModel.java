package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.forecast.Calibration.Range;
import io.gympulse.cloud.core.forecast.Level.InUse;
import io.gympulse.cloud.core.forecast.Level.Occupancy;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The fitted model of one category. A forecast takes well under a millisecond for up to
/// [#MOST_MACHINES] machines. Immutable.
///
/// @param fittedAt nothing after it was seen
/// @param zone of the slots of the week
/// @param machines of the category, all known and unknown ones; 1 to [#MOST_MACHINES]
/// @param limit the event of a category is that fewer than this many machines are in use. It is
///     `machines`, "at least one is free", except for counts of people
/// @param category calibrations of the category's event, ascending by minutes; empty if there was
///     too little to learn from
/// @param machine the same for the event that a certain machine is free
/// @param popularity how often uses of a machine begin against the category's other machines
public record CategoryModel(
    Instant fittedAt,
    ZoneId zone,
    int machines,
    int limit,
    SlotRates rates,
    List<Calibration> category,
    List<Calibration> machine,
    SortedMap<MachineId, Double> popularity) {
  public static final int MOST_MACHINES = 200;

  /// How far ahead a forecast reaches.
  public static final Duration REACH = Duration.ofHours(3);

  /// Half an hour: how long before now "before" is.
  public static final Duration BEFORE = Duration.ofMinutes(30);

  public CategoryModel {
    category = List.copyOf(category);
    machine = List.copyOf(machine);
    popularity = Collections.unmodifiableSortedMap(new TreeMap<>(popularity));
    if (machines < 1 || machines > MOST_MACHINES || limit < 1 || limit > machines) {
      throw new IllegalArgumentException(
          "a model of %d machines with a limit of %d".formatted(machines, limit));
    }
  }

  /// What is known of the category at a moment.
  ///
  /// @param known machines whose status is known
  /// @param inUse of them
  /// @param inUseBefore how many were in use [#BEFORE] now, as a share of those known then
  public record State(Instant now, int known, int inUse, Optional<Double> inUseBefore) {
    public State {
      if (inUse < 0 || inUse > known) {
        throw new IllegalArgumentException("%d of %d are in use".formatted(inUse, known));
      }
    }
  }

  /// Whether every slot from now to the time ahead was observed.
  boolean coversSlots(State state, Duration ahead) {
    return rates.usual().has(WeekSlot.of(state.now(), zone))
        && Steps.of(state.now(), ahead).stream()
            .allMatch(it -> rates.arrivals().has(WeekSlot.of(it.start(), zone)));
  }

  boolean coversCategory(State state, Duration ahead) {
    return !category.isEmpty() && coversSlots(state, ahead);
  }

  boolean coversMachine(State state, Duration ahead) {
    return !machine.isEmpty() && coversSlots(state, ahead);
  }

  /// The probability that fewer than the limit of the known machines are in use.
  Range below(State state, Duration ahead) {
    Calibration calibration = Calibration.at(category, minutes(ahead));
    return calibration.apply(uncalibrated(state, ahead, calibration.level()));
  }

  double uncalibrated(State state, Duration ahead, Level level) {
    int most = (int) Math.ceil((double) limit * state.known() / machines);
    return ServerSystem.below(inUse(state, ahead, level), most);
  }

  /// The distribution of the machines in use among the known ones, before calibration.
  double[] inUse(State state, Duration ahead) {
    return inUse(state, ahead, Calibration.at(category, minutes(ahead)).level());
  }

  private double[] inUse(State state, Duration ahead, Level level) {
    double share = (double) state.known() / machines;
    double multiple = share * level.of(occupancy(state));
    ServerSystem system = new ServerSystem(state.known(), rates.endings());
    return run(system, system.certainly(state.inUse()), rates.arrivals(), multiple, state, ahead);
  }

  /// The probability that a machine is free, from its status and those of the others.
  Range free(MachineId id, boolean occupied, State state, Duration ahead) {
    Calibration calibration = Calibration.at(machine, minutes(ahead));
    double popular = popularity.getOrDefault(id, 1.0);
    return calibration.apply(
        uncalibratedFree(popular, occupied, state, ahead, calibration.level()));
  }

  double uncalibratedFree(
      double popular, boolean occupied, State state, Duration ahead, Level level) {
    ServerSystem system = new ServerSystem(1, rates.endings());
    double[] start = system.certainly(occupied ? 1 : 0);
    double multiple = popular * level.of(occupancy(state));
    return ServerSystem.below(
        run(system, start, rates.arrivalsPerFree(), multiple, state, ahead), 1);
  }

  private Occupancy occupancy(State state) {
    double whole = (double) machines / state.known();
    Instant before = state.now().minus(BEFORE);
    return new Occupancy(
        new InUse(state.inUse() * whole, rates.usualAt(state.now(), zone)),
        state
            .inUseBefore()
            .filter(_ -> rates.usual().has(WeekSlot.of(before, zone)))
            .map(it -> new InUse(it * machines, rates.usualAt(before, zone))));
  }

  private double[] run(
      ServerSystem system,
      double[] start,
      SlotTable arrivals,
      double multiple,
      State state,
      Duration ahead) {
    double[] distribution = start;
    for (Steps.Step step : Steps.of(state.now(), ahead)) {
      double rate = arrivals.at(WeekSlot.of(step.start(), zone)) * multiple;
      distribution = system.after(distribution, rate, step.hours());
    }
    return distribution;
  }

  private static double minutes(Duration ahead) {
    return ahead.toMillis() / 60_000.0;
  }
}
