package io.gympulse.cloud.core.incident;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of incidents.
public enum IncidentKind {
  /// Gateways went offline; one incident for all that did at the same sweep.
  GATEWAY_OFFLINE,
  /// A machine's sensors are faulty.
  SENSOR_FAULT,
  /// A gateway is over its quota.
  GATEWAY_OVER_QUOTA,
  /// A gateway sent events of a copied outbox: two gateways run from one card, or one was restored.
  OUTBOX_CONFLICT,
  /// A gateway reports a problem of its machine.
  GATEWAY_HEALTH;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in ids, stores and messages.
  public String wireName() {
    return wireName;
  }

  public static Optional<IncidentKind> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
