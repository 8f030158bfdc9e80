package io.gympulse.local.things;

import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;

/// A registered device: its name, its `gym` attribute and the only certificate that speaks for it.
///
/// @param certificate SHA-256 fingerprint, 64 lower-case hexadecimal digits
public record Thing(GatewayId name, GymId gym, String certificate) {

  public Thing {
    if (!certificate.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "certificate: 64 lower-case hexadecimal digits are needed, not '" + certificate + "'");
    }
  }
}
