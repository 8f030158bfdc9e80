package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A gym, its gateway and its machines. It defines which gateway a machine belongs to.
///
/// @param machines at least one; ids of machines and of sensors are unique, and no two sensors use
///     the same GPIO line or the same value of the same MQTT topic
/// @param openingHours empty if they are not known
public record FloorPlan(
    Gym gym, GatewayId gateway, List<Machine> machines, Optional<OpeningHours> openingHours) {
  /// A plan without opening hours.
  public FloorPlan(Gym gym, GatewayId gateway, List<Machine> machines) {
    this(gym, gateway, machines, Optional.empty());
  }

  public FloorPlan {
    machines = List.copyOf(machines);
    if (machines.isEmpty()) {
      throw new IllegalArgumentException("the floor plan has no machine");
    }
    Optional<String> conflict = conflict(machines);
    if (conflict.isPresent()) {
      throw new IllegalArgumentException(conflict.get());
    }
  }

  /// What two of the machines, or two sensors of one of them, must not have in common but do; the
  /// first such conflict, in words.
  static Optional<String> conflict(List<Machine> machines) {
    try {
      refuseSharedIds(machines);
      SharedTopics.refuse(machines);
      refuseSharedLines(machines);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void refuseSharedIds(List<Machine> machines) {
    Set<MachineId> ids = new HashSet<>();
    Set<SensorId> sensors = new HashSet<>();
    for (Machine machine : machines) {
      if (!ids.add(machine.id())) {
        throw new IllegalArgumentException("machine '%s' appears twice".formatted(machine.id()));
      }
      for (Sensor sensor : machine.sensors()) {
        if (!sensors.add(sensor.id())) {
          throw new IllegalArgumentException("sensor '%s' appears twice".formatted(sensor.id()));
        }
      }
    }
  }

  /// Chips are compared by the names given here: that two names refer to one chip is detected on
  /// the gateway only.
  private static void refuseSharedLines(List<Machine> machines) {
    Map<List<?>, SensorId> owners = new HashMap<>();
    for (Machine machine : machines) {
      for (Sensor sensor : machine.sensors()) {
        if (sensor.source() instanceof SourceConfig.Gpio gpio) {
          SensorId other = owners.put(List.of(gpio.chip(), gpio.line()), sensor.id());
          if (other != null) {
            throw new IllegalArgumentException(
                "sensors '%s' and '%s' are both on %s; give each a line of its own"
                    .formatted(other, sensor.id(), gpio.description()));
          }
        }
      }
    }
  }

  public GatewayAddress address() {
    return new GatewayAddress(gym.id(), gateway);
  }

  public Optional<Machine> machine(MachineId id) {
    for (Machine it : machines) {
      if (it.id().equals(id)) {
        return Optional.of(it);
      }
    }
    return Optional.empty();
  }
}
