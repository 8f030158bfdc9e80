package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.MachineUse.Effort;
import io.gympulse.sim.sensor.SensorFaults.SensorFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How a sensor reacts to one use of its machine. Stateless; randomness is an argument.
public sealed interface SimulatedSensor {

  /// A change of level that the sensor reports.
  record Edge(Instant at, boolean active) {}

  /// The sensor's changes in order of time, none before the use begins. A sensor without a fault
  /// ends inactive.
  List<Edge> edges(MachineUse use, RandomGenerator random);

  /// The simulation of a sensor by its behaviour and fault.
  static SimulatedSensor of(Sensor sensor, Optional<SensorFault> fault) {
    if (fault.equals(Optional.of(SensorFault.STUCK))) {
      return new Stuck();
    }
    if (fault.equals(Optional.of(SensorFault.CHATTERING))) {
      return new Chattering();
    }
    return switch (sensor.behaviour().model()) {
      case LEVEL -> new Level(sensor.timing().settle());
      case PULSE, EDGE -> new Pulse();
    };
  }

  /// A reed contact or a pressure mat: holds its level while the machine is in use. Its contact
  /// bounces for at most half the settle time around each change, and not at all where the settle
  /// time is zero (the device debounces by itself). The first edge of a change is at its true time.
  record Level(Duration settle) implements SimulatedSensor {
    private static final long MAX_BOUNCE_MILLIS = 60;

    @Override
    public List<Edge> edges(MachineUse use, RandomGenerator random) {
      List<Edge> edges = new ArrayList<>();
      change(edges, use.from(), true, random);
      change(edges, use.to(), false, random);
      return edges;
    }

    private void change(List<Edge> edges, Instant at, boolean active, RandomGenerator random) {
      edges.add(new Edge(at, active));
      long window = Math.min(settle.toMillis() / 2, MAX_BOUNCE_MILLIS);
      if (window < 10) {
        return;
      }
      int bounces = random.nextInt(4);
      long[] offsets = random.longs(2L * bounces, 1, window).distinct().sorted().toArray();
      // An even number of extra edges, so that the contact ends at its new level.
      for (int i = 0; i + 1 < offsets.length; i += 2) {
        edges.add(new Edge(at.plusMillis(offsets[i]), !active));
        edges.add(new Edge(at.plusMillis(offsets[i + 1]), active));
      }
    }
  }

  /// A vibration or infrared sensor: short pulses at random intervals while the machine moves, none
  /// during rests.
  record Pulse() implements SimulatedSensor {
    private static final long WIDTH_MILLIS = 800;
    private static final long MIN_GAP_MILLIS = 1_500;
    private static final long MAX_GAP_MILLIS = 9_000;

    @Override
    public List<Edge> edges(MachineUse use, RandomGenerator random) {
      List<Edge> edges = new ArrayList<>();
      for (Effort effort : use.efforts()) {
        Instant at = effort.from();
        while (at.isBefore(effort.to())) {
          edges.add(new Edge(at, true));
          edges.add(new Edge(at.plusMillis(WIDTH_MILLIS), false));
          at = at.plusMillis(random.nextLong(MIN_GAP_MILLIS, MAX_GAP_MILLIS));
        }
      }
      return edges;
    }
  }

  /// See [SensorFault#STUCK].
  record Stuck() implements SimulatedSensor {
    @Override
    public List<Edge> edges(MachineUse use, RandomGenerator random) {
      return List.of(new Edge(use.from(), true));
    }
  }

  /// See [SensorFault#CHATTERING].
  record Chattering() implements SimulatedSensor {
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
