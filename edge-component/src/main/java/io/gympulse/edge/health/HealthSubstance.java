package io.gympulse.edge.health;

import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Throttling;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What of a gateway's health is reported soon if it changes. Counts, measurements, and whether a
/// machine is free or occupied, are not part of it.
///
/// @param faults the verdict of each faulty sensor
/// @param diskLow whether less than a tenth of the disk is free
/// @param quarantined whether the cloud has rejected an event for good
record HealthSubstance(
    Map<SensorId, String> faults,
    boolean clockSynchronised,
    boolean diskLow,
    Optional<Throttling> throttling,
    boolean quarantined,
    long connections,
    String version,
    long boots) {
  private static final long LOW_PART = 10;

  static HealthSubstance of(GatewayHealth health) {
    return new HealthSubstance(
        health.sensors().listed().stream()
            .filter(SensorHealth::isFaulty)
            .collect(Collectors.toUnmodifiableMap(SensorHealth::sensor, SensorHealth::verdict)),
        health.device().clockSynchronised(),
        isLow(health.storage()),
        health.device().throttling(),
        health.delivery().quarantined() > 0,
        health.delivery().connections(),
        health.software().gateway(),
        health.software().boots());
  }

  private static boolean isLow(GatewayHealth.Storage storage) {
    return storage
        .diskFreeBytes()
        .flatMap(free -> storage.diskTotalBytes().map(total -> free < total / LOW_PART))
        .orElse(false);
  }
}
