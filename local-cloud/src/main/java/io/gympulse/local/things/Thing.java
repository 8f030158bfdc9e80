package io.gympulse.local.things;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.pki.Fingerprint;
import java.util.Map;

/// A registered device and the only certificate that speaks for it. Its kind says which policy it
/// has.
public sealed interface Thing {

  ThingName name();

  /// SHA-256 fingerprint, 64 lower-case hexadecimal digits.
  String certificate();

  /// The values that policy variables may ask for.
  Map<String, String> attributes();

  /// A gym's gateway; its gym is the attribute `gym`.
  record Gateway(GatewayAddress address, String certificate) implements Thing {

    public Gateway {
      Fingerprint.require(certificate);
    }

    @Override
    public ThingName name() {
      return ThingName.of(address.gateway());
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of("gym", address.gym().value());
    }
  }

  /// A machine that reports its status by itself; its gym is the attribute `gym`.
  record Machine(GymId gym, MachineId machine, String certificate) implements Thing {

    public Machine {
      Fingerprint.require(certificate);
    }

    @Override
    public ThingName name() {
      return new ThingName(machine.value());
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of("gym", gym.value());
    }
  }

  /// Someone who watches what is rejected; of no gym.
  record Observer(ThingName name, String certificate) implements Thing {

    public Observer {
      Fingerprint.require(certificate);
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of();
    }
  }
}
