package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.SensorBehaviour;
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

/// Which sensors of a gym are broken, and how.
public record Faults(Map<SensorId, SensorFault> bySensor) {
  public Faults {
    bySensor = Map.copyOf(bySensor);
  }

  public static Faults none() {
    return new Faults(Map.of());
  }

  /// One sensor per kind of fault, drawn from the seed. Each lies on a machine of its own, as far
  /// as there are machines; only a level sensor can be stuck or chatter.
  public static Faults some(Collection<Fitting> fittings, Seed seed) {
    RandomGenerator random = seed.split("faults").random();
    List<Fitting> sound = new ArrayList<>(fittings);
    sound.sort(Comparator.comparing(fitting -> fitting.sensor().id()));
    Map<SensorFault, SensorId> broken = new EnumMap<>(SensorFault.class);
    for (SensorFault fault : SensorFault.values()) {
      List<Fitting> candidates = sound.stream().filter(one -> canHave(fault, one)).toList();
      if (!candidates.isEmpty()) {
        Fitting chosen = candidates.get(random.nextInt(candidates.size()));
        broken.put(fault, chosen.sensor().id());
        sound.removeIf(other -> other.machine().equals(chosen.machine()));
      }
    }
    return new Faults(
        broken.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)));
  }

  public Optional<SensorFault> of(SensorId sensor) {
    return Optional.ofNullable(bySensor.get(sensor));
  }

  private static boolean canHave(SensorFault fault, Fitting fitting) {
    return fault == SensorFault.DEAD || fitting.sensor().behaviour() == SensorBehaviour.LEVEL;
  }
}
