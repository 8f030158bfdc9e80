package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.GymId;
import java.time.ZoneId;

/// A gym, one branch of the chain.
///
/// @param latitude in degrees, north positive
/// @param longitude in degrees, east positive
/// @param zone the IANA time zone of the gym's local time
public record Gym(GymId id, String name, double latitude, double longitude, ZoneId zone) {
  public Gym {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the gym's name is blank");
    }
    if (!(Math.abs(latitude) <= 90)) {
      throw new IllegalArgumentException("latitude %s is not in -90 to 90".formatted(latitude));
    }
    if (!(Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException("longitude %s is not in -180 to 180".formatted(longitude));
    }
  }
}
