package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.forecast.OccupancyWindow.Flow;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A category's windows up to a moment in a compact form, about 200 bytes a window, collected one
/// aggregate at a time. Machines that are not among the given ones are left out, and so are windows
/// that end later: a model that is fitted to a history has seen nothing after its moment. Not
/// thread-safe.
public final class OccupancyHistory {
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private final Instant asOf;
  private final List<MachineId> machines;
  private final Map<MachineId, Integer> numbers = new HashMap<>();
  private final long[] begun;
  private final long[] freeMillis;
  private final NavigableMap<Long, OccupancyWindow> windows = new TreeMap<>();

  /// @param machines that the category has now
  /// @param asOf windows that end later are not added
  public OccupancyHistory(Collection<MachineId> machines, Instant asOf) {
    this.asOf = asOf;
    this.machines = List.copyOf(machines);
    for (int i = 0; i < this.machines.size(); i++) {
      numbers.put(this.machines.get(i), i);
    }
    this.begun = new long[this.machines.size()];
    this.freeMillis = new long[this.machines.size()];
  }

  /// A history of counts of people, see [#addCount].
  ///
  /// @param places at least as many as ever were counted
  public static OccupancyHistory ofCounts(int places, Instant asOf) {
    return new OccupancyHistory(
        IntStream.range(0, places).mapToObj(it -> new MachineId("place-" + it)).toList(), asOf);
  }

  /// Adds a category's window; each at most once.
  public void add(CategoryBin bin) {
    if (bin.key().window().end().isAfter(asOf)) {
      return;
    }
    BitSet known = new BitSet(machines.size());
    BitSet occupied = new BitSet(machines.size());
    double arrivals = 0;
    double departures = 0;
    double busy = 0;
    double free = 0;
    for (Map.Entry<MachineId, MachineBin> entry : bin.machines().entrySet()) {
      Integer number = numbers.get(entry.getKey());
      if (number == null) {
        continue;
      }
      MachineBin machine = entry.getValue();
      if (machine.start() != MachineStatus.UNKNOWN) {
        known.set(number);
        occupied.set(number, machine.start() == MachineStatus.OCCUPIED);
      }
      int began = arrivals(machine);
      begun[number] += began;
      freeMillis[number] += machine.free();
      arrivals += began;
      departures += machine.transitions() - began;
      busy += machine.occupied() / MILLIS_PER_HOUR;
      free += machine.free() / MILLIS_PER_HOUR;
    }
    add(
        new OccupancyWindow(
            bin.key().window(), known, occupied, new Flow(arrivals, departures, busy, free)));
  }

  /// Of transitions that alternate, half begin a use; of an odd number one more if the machine was
  /// free first. A change from or to unknown counts as half of one, as it may be either.
  private static int arrivals(MachineBin machine) {
    boolean wasFree = machine.start() == MachineStatus.FREE;
    return wasFree ? (machine.transitions() + 1) / 2 : machine.transitions() / 2;
  }

  private void add(OccupancyWindow window) {
    windows.put(window.window().number(), window);
  }

  /// Adds a count of people instead of machines: `count` of the places are in use at the start of a
  /// window. Arrivals are what explains the growth until the next count if people stay `stay` on
  /// average.
  ///
  /// @param next the count at the next window's start
  /// @param stayHours mean hours that a person stays
  public void addCount(Window window, int count, int next, double stayHours) {
    if (window.end().isAfter(asOf)) {
      return;
    }
    double hours = Window.LENGTH.toMinutes() / 60.0;
    int places = machines.size();
    BitSet known = new BitSet(places);
    known.set(0, places);
    BitSet occupied = new BitSet(places);
    occupied.set(0, Math.min(count, places));
    double busy = (count + next) / 2.0 * hours;
    double left = busy / stayHours;
    double free = places * hours - busy;
    add(
        new OccupancyWindow(
            window, known, occupied, new Flow(next - count + left, left, busy, free)));
  }

  Instant asOf() {
    return asOf;
  }

  int machines() {
    return machines.size();
  }

  /// The windows that begin within `[from, to)` and end by `to`, ascending.
  Collection<OccupancyWindow> between(Instant from, Instant to) {
    long end = Window.of(to).number();
    long first = Math.min(Window.of(from).number(), end);
    return windows.subMap(first, true, end, false).values();
  }

  Optional<OccupancyWindow> find(long number) {
    return Optional.ofNullable(windows.get(number));
  }

  Optional<Instant> beginning() {
    return windows.isEmpty()
        ? Optional.empty()
        : Optional.of(windows.firstEntry().getValue().window().start());
  }

  /// How often a use of each machine begins per free hour, against all machines of the category: 1
  /// is as often as the others. Pulled towards 1 as if a machine had had some uses at the usual
  /// rate.
  ///
  /// @param uses how many
  SortedMap<MachineId, Double> popularity(double uses) {
    double all = Arrays.stream(begun).sum();
    double millis = Arrays.stream(freeMillis).sum();
    double rate = millis > 0 ? all / millis : 0;
    SortedMap<MachineId, Double> popularity = new TreeMap<>();
    for (int i = 0; i < begun.length; i++) {
      popularity.put(machines.get(i), (begun[i] + uses) / (freeMillis[i] * rate + uses));
    }
    return popularity;
  }
}
