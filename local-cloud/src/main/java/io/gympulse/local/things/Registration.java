package io.gympulse.local.things;

import java.time.Instant;
import java.util.Optional;

/// A thing as it is registered.
///
/// @param revokedAt when its certificate was revoked; it stays registered and connects no more
public record Registration(Thing thing, Optional<Instant> revokedAt) {

  /// Why a certificate does not speak for the thing; empty if it does.
  ///
  /// @param registration of the thing that the certificate names
  /// @param fingerprint of the certificate
  public static Optional<String> refusal(Optional<Registration> registration, String fingerprint) {
    if (registration.isEmpty()) {
      return Optional.of("no thing of this name is registered; provision it");
    }
    Registration known = registration.get();
    if (!known.thing().certificate().equals(fingerprint)) {
      return Optional.of("its certificate was replaced by a newer one");
    }
    return known.revokedAt().map(at -> "its certificate was revoked at " + at);
  }
}
