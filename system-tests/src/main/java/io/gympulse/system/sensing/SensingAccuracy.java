package io.gympulse.system.sensing;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.system.sensing.Timeline.Comparison;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// What was concluded about machines compared with the simulator's truth, by the kind of their
/// first sensor.
public final class SensingAccuracy {
  private SensingAccuracy() {}

  /// @param truth by machine; machines without are left out
  /// @param seen by machine; one without counts as unknown
  public static Map<Behaviour, Comparison> compare(
      FloorPlan plan,
      Map<String, Timeline> truth,
      Map<String, Timeline> seen,
      Instant from,
      Instant to) {
    Map<Behaviour, Comparison> result = new EnumMap<>(Behaviour.class);
    for (Machine machine : plan.machines()) {
      Timeline actual = truth.get(machine.id().value());
      if (actual != null && !machine.sensors().isEmpty()) {
        Comparison comparison =
            seen.getOrDefault(machine.id().value(), new Timeline()).compare(actual, from, to);
        result.merge(machine.sensors().getFirst().behaviour(), comparison, Comparison::plus);
      }
    }
    return result;
  }

  /// The sum of both, by kind.
  public static Map<Behaviour, Comparison> sum(
      Map<Behaviour, Comparison> one, Map<Behaviour, Comparison> other) {
    Map<Behaviour, Comparison> sum = new EnumMap<>(Behaviour.class);
    sum.putAll(one);
    other.forEach((behaviour, it) -> sum.merge(behaviour, it, Comparison::plus));
    return sum;
  }
}
