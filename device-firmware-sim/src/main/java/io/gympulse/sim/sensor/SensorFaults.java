package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.day.Seed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Which sensors of a gym are faulty, and how.
public record SensorFaults(Map<SensorId, SensorFault> bySensor) {
  /// The kinds of sensor fault.
  public enum SensorFault {
    /// Stays active after the first use; still repeats its state at intervals.
    STUCK,
    /// Sends nothing any more from some minutes after the start, as with an empty battery.
    DEAD,
    /// Changes many times a minute while its machine is in use, as with a loose contact.
    CHATTERING
  }

  public SensorFaults {
    bySensor = Map.copyOf(bySensor);
  }

  public static SensorFaults none() {
    return new SensorFaults(Map.of());
  }

  /// One sensor per kind of fault, drawn from the seed, each on a different machine if there are
  /// enough; only sensors that hold a level by a contact can be stuck or chattering.
  public static SensorFaults some(Collection<MountedSensor> sensors, Seed seed) {
    RandomGenerator random = seed.split("faults").random();
    List<MountedSensor> healthy = new ArrayList<>(sensors);
    healthy.sort(Comparator.comparing(it -> it.sensor().id()));
    Map<SensorFault, SensorId> faulty = new EnumMap<>(SensorFault.class);
    for (SensorFault fault : SensorFault.values()) {
      List<MountedSensor> candidates = healthy.stream().filter(one -> canHave(fault, one)).toList();
      if (!candidates.isEmpty()) {
        MountedSensor chosen = candidates.get(random.nextInt(candidates.size()));
        faulty.put(fault, chosen.sensor().id());
        healthy.removeIf(other -> other.machine().equals(chosen.machine()));
      }
    }
    return new SensorFaults(
        faulty.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)));
  }

  public Optional<SensorFault> of(SensorId sensor) {
    return Optional.ofNullable(bySensor.get(sensor));
  }

  private static boolean canHave(SensorFault fault, MountedSensor mounted) {
    Behaviour behaviour = mounted.sensor().behaviour();
    return fault == SensorFault.DEAD
        || (behaviour.model() == Model.LEVEL && behaviour != Behaviour.POWER);
  }
}
