package io.gympulse.cloud.core.incident;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;

/// With what something is wrong.
public sealed interface Subject {
  GymId gym();

  /// Its own in the whole system: a kind and an id.
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

  /// What a gateway sends, whether it is heard from or not.
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

  /// The sensors of a machine.
  record Sensors(MachineId machine, GymId gym) implements Subject {
    @Override
    public String key() {
      return "machine/" + machine;
    }
  }
}
