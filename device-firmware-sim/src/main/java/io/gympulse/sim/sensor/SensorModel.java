package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.sim.day.Effort;
import io.gympulse.sim.day.MachineUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a sensor makes of one use of its machine. Stateless: chance comes in as an argument.
public sealed interface SensorModel {

  /// A change of level that the sensor speaks of.
  record Edge(Instant at, boolean active) {}

  /// The sensor's changes, ascending, none before the use begins. A sound sensor ends inactive.
  List<Edge> edges(MachineUse use, RandomGenerator random);

  /// The model that fits the sensor's behaviour and fault.
  static SensorModel of(Sensor sensor, Optional<SensorFault> fault) {
    if (fault.equals(Optional.of(SensorFault.STUCK))) {
      return new Stuck();
    }
    if (fault.equals(Optional.of(SensorFault.CHATTERING))) {
      return new Chattering();
    }
    return switch (sensor.behaviour()) {
      case LEVEL -> new Level(sensor.timing().settle());
      case PULSE -> new Pulse();
    };
  }

  /// A reed contact or a pressure mat: holds its level while the machine is in use. Its contact
  /// bounces for at most half the settle time around each change, and not at all where the settle
  /// time is zero (the device debounces by itself). The first edge of a change is the true moment.
  record Level(Duration settle) implements SensorModel {
    private static final long LONGEST_BOUNCE_MILLIS = 60;

    @Override
    public List<Edge> edges(MachineUse use, RandomGenerator random) {
      List<Edge> edges = new ArrayList<>();
      change(edges, use.from(), true, random);
      change(edges, use.to(), false, random);
      return edges;
    }

    private void change(List<Edge> edges, Instant at, boolean active, RandomGenerator random) {
      edges.add(new Edge(at, active));
      long window = Math.min(settle.toMillis() / 2, LONGEST_BOUNCE_MILLIS);
      if (window < 10) {
        return;
      }
      int bounces = random.nextInt(4);
      long[] moments = random.longs(2L * bounces, 1, window).distinct().sorted().toArray();
      // An even number of extra edges: the contact comes to rest where it was going.
      for (int i = 0; i + 1 < moments.length; i += 2) {
        edges.add(new Edge(at.plusMillis(moments[i]), !active));
        edges.add(new Edge(at.plusMillis(moments[i + 1]), active));
      }
    }
  }

  /// A vibration or infrared sensor: a short pulse now and then while the machine moves, silence in
  /// rests.
  record Pulse() implements SensorModel {
    private static final long WIDTH_MILLIS = 800;
    private static final long LEAST_GAP_MILLIS = 1_500;
    private static final long MOST_GAP_MILLIS = 9_000;

    @Override
    public List<Edge> edges(MachineUse use, RandomGenerator random) {
      List<Edge> edges = new ArrayList<>();
      for (Effort effort : use.efforts()) {
        Instant at = effort.from();
        while (at.isBefore(effort.to())) {
          edges.add(new Edge(at, true));
          edges.add(new Edge(at.plusMillis(WIDTH_MILLIS), false));
          at = at.plusMillis(random.nextLong(LEAST_GAP_MILLIS, MOST_GAP_MILLIS));
        }
      }
      return edges;
    }
  }

  /// See [SensorFault#STUCK].
  record Stuck() implements SensorModel {
    @Override
    public List<Edge> edges(MachineUse use, RandomGenerator random) {
      return List.of(new Edge(use.from(), true));
    }
  }

  /// See [SensorFault#CHATTERING].
  record Chattering() implements SensorModel {
    @Override
    public List<Edge> edges(MachineUse use, RandomGenerator random) {
      List<Edge> edges = new ArrayList<>();
      boolean active = true;
      Instant at = use.from();
      while (at.isBefore(use.to())) {
        edges.add(new Edge(at, active));
        active = !active;
        at = at.plusMillis(random.nextLong(200, 2_500));
      }
      edges.add(new Edge(use.to(), false));
      return edges;
    }
  }
}
