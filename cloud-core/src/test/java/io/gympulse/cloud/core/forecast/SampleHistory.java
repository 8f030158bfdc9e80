package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Windows of a category whose machines are used from 8 to 20 o'clock, most at 18 o'clock.
public final class SampleHistory {
  public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  public static final Instant START = Instant.parse("2026-02-01T23:00:00Z");
  public static final GymId GYM = new GymId("g");
  public static final CategoryId CATEGORY = new CategoryId("bike");

  private SampleHistory() {}

  public static List<MachineId> machines(int count) {
    List<MachineId> machines = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      machines.add(new MachineId("bike-" + i));
    }
    return machines;
  }

  /// @param seed of the uses
  public static List<CategoryBin> bins(int machines, Duration length, long seed) {
    Random random = new Random(seed);
    boolean[] occupied = new boolean[machines];
    List<CategoryBin> bins = new ArrayList<>();
    for (Window window : Window.touching(START, START.plus(length))) {
      int hour = window.start().atZone(ZONE).getHour();
      double begins = hour < 8 || hour > 20 ? 0 : 0.05 + 0.45 * Math.exp(-Math.abs(hour - 18));
      Map<MachineId, MachineBin> bin = new TreeMap<>();
      for (int i = 0; i < machines; i++) {
        boolean before = occupied[i];
        boolean changes = random.nextDouble() < (before ? 0.45 : begins);
        occupied[i] = before != changes;
        long half = Window.LENGTH.toMillis() / 2;
        long busy = (before ? half : 0) + (occupied[i] ? half : 0);
        bin.put(
            machines(machines).get(i),
            new MachineBin(
                busy, 2 * half - busy, 0, changes ? 1 : 0, status(before), status(occupied[i])));
      }
      bins.add(new CategoryBin(new BinKey(GYM, CATEGORY, window), bin));
    }
    return bins;
  }

  private static MachineStatus status(boolean occupied) {
    return occupied ? MachineStatus.OCCUPIED : MachineStatus.FREE;
  }

  /// The model of as many days of [#bins], fitted at their end.
  public static CategoryModel model(int machines, int days) {
    Duration length = Duration.ofDays(days);
    OccupancyHistory history = new OccupancyHistory(machines(machines), START.plus(length));
    bins(machines, length, 1).forEach(history::add);
    return new ModelFitting(ZONE, machines, ModelFitting.STANDARD).fit(history);
  }
}
