package io.gympulse.cloud.core.incident;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;

/// What an incident is about.
public sealed interface Subject {
  GymId gym();

  /// Globally unique: a kind and an id.
  String key();

  record Gateway(GatewayAddress address) implements Subject {
    @Override
    public GymId gym() {
      return address.gym();
    }

    @Override
    public String key() {
      return "gateway/" + address.gateway();
    }
  }

  /// The amount of data that a gateway sends, whether it is online or not.
  record Quota(GatewayAddress address) implements Subject {
    @Override
    public GymId gym() {
      return address.gym();
    }

    @Override
    public String key() {
      return "quota/" + address.gateway();
    }
  }

  /// One problem of the machine that a gateway runs on.
  record Health(GatewayAddress address, HealthProblem problem) implements Subject {
    @Override
    public GymId gym() {
      return address.gym();
    }

    @Override
    public String key() {
      return "health/%s/%s".formatted(address.gateway(), problem.wireName());
    }
  }

  /// The sensors of a machine.
  record Sensors(MachineId machine, GymId gym) implements Subject {
    @Override
    public String key() {
      return "machine/" + machine;
    }
  }
}
