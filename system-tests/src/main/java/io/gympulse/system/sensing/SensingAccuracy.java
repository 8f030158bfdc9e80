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
///
/// @param byUse compared with when machines were in use
/// @param byMovement compared with when machines were moved: what a sensor that detects only
///     movement can know at best
public record SensingAccuracy(
    Map<Behaviour, Comparison> byUse, Map<Behaviour, Comparison> byMovement) {
  public static final SensingAccuracy NONE = new SensingAccuracy(Map.of(), Map.of());

  /// @param truth machines without are left out
  /// @param seen by machine; one without counts as unknown
  public static SensingAccuracy of(
      FloorPlan plan, GymTruth truth, Map<String, Timeline> seen, Instant from, Instant to) {
    return new SensingAccuracy(
        compare(plan, truth.uses(), seen, from, to),
        compare(plan, truth.movements(), seen, from, to));
  }

  private static Map<Behaviour, Comparison> compare(
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

  /// By kind, the comparison to which its limit applies: with the use of the machine; of a plug,
  /// with the movement, since the motor stands still while somebody steps on the machine or off it.
  public Map<Behaviour, Comparison> judged() {
    Map<Behaviour, Comparison> judged = new EnumMap<>(Behaviour.class);
    judged.putAll(byUse);
    judged.computeIfPresent(Behaviour.POWER, (kind, use) -> byMovement.getOrDefault(kind, use));
    return judged;
  }

  /// The sum of both, by kind.
  public SensingAccuracy plus(SensingAccuracy other) {
    return new SensingAccuracy(sum(byUse, other.byUse), sum(byMovement, other.byMovement));
  }

  private static Map<Behaviour, Comparison> sum(
      Map<Behaviour, Comparison> one, Map<Behaviour, Comparison> other) {
    Map<Behaviour, Comparison> sum = new EnumMap<>(Behaviour.class);
    sum.putAll(one);
    other.forEach((behaviour, it) -> sum.merge(behaviour, it, Comparison::plus));
    return sum;
  }
}
