package io.gympulse.system.sensing;

import io.gympulse.contract.floorplan.Sensor.Behaviour;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// How many wrong seconds per machine-hour each kind of sensor may cause while nothing but its
/// reports is disturbed. Kinds without a limit are only reported: so are vibration and other pulse
/// sensors, which cannot detect somebody who sits on the machine before the first set or after the
/// last.
public record SensingLimits(Map<Behaviour, Double> byKind) {
  /// Unknown seconds per machine-hour that no kind with a limit may exceed, so that `unknown` is no
  /// way to avoid wrong seconds.
  public static final double UNKNOWN = 180;

  private static final double SHARP = 5;
  private static final double BY_MOVEMENT = 60;
  private static final double WITH_LOST_OFFS = 90;
  private static final double MOST_LOST_OFFS = 0.02;

  public SensingLimits {
    byKind = Map.copyOf(byKind);
  }

  /// Every kind is only reported.
  public static SensingLimits none() {
    return new SensingLimits(Map.of());
  }

  /// @param lostOffs the share of reports of inactivity that are lost; above 2 % nothing has a
  // limit
  public static SensingLimits with(double lostOffs) {
    Map<Behaviour, Double> limits = new EnumMap<>(Behaviour.class);
    if (lostOffs == 0) {
      limits.put(Behaviour.CONTACT, SHARP);
      limits.put(Behaviour.POWER, SHARP);
      limits.put(Behaviour.MOTION, BY_MOVEMENT);
      limits.put(Behaviour.ROTATION, BY_MOVEMENT);
    } else if (lostOffs <= MOST_LOST_OFFS) {
      EnumSet<Behaviour> reported = EnumSet.of(Behaviour.PULSE, Behaviour.VIBRATION);
      EnumSet.complementOf(reported).forEach(it -> limits.put(it, WITH_LOST_OFFS));
    }
    return new SensingLimits(limits);
  }

  /// Wrong seconds per machine-hour; empty if the kind is only reported.
  public OptionalDouble of(Behaviour kind) {
    Double limit = byKind.get(kind);
    return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
  }

  /// The kinds that exceed their limit, in the order of their declaration.
  public List<Behaviour> exceededBy(SensingAccuracy measured) {
    return measured.judged().entrySet().stream()
        .filter(it -> of(it.getKey()).isPresent())
        .filter(
            it ->
                it.getValue().wrongSecondsPerHour() > of(it.getKey()).getAsDouble()
                    || it.getValue().unknownSecondsPerHour() > UNKNOWN)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
