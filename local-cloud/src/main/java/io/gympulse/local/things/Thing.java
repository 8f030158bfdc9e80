package io.gympulse.local.things;

import io.gympulse.contract.id.GatewayAddress;
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
