package io.gympulse.cloud.alert;

import java.util.Locale;

/// What a notification tells.
public enum NotificationKind {
  /// To a member: the machine they wait for is free.
  MACHINE_FREE,
  /// To operators: a gateway has fallen silent.
  GATEWAY_OFFLINE,
  /// To operators: it is heard from again.
  GATEWAY_ONLINE,
  /// To operators: many gateways fell silent at once; one notification for all of them.
  MANY_GATEWAYS_OFFLINE,
  /// To operators: they are heard from again.
  MANY_GATEWAYS_ONLINE,
  /// To operators: a machine's sensor is not believed.
  SENSOR_FAULT,
  /// To operators: it is believed again.
  SENSOR_RECOVERED,
  /// To operators: a gateway sends more than one gateway may; what is too much waits.
  GATEWAY_OVER_QUOTA,
  /// To operators: it no longer does.
  GATEWAY_WITHIN_QUOTA,
  /// To operators: a gateway sent events of a copied outbox.
  OUTBOX_CONFLICT;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in messages.
  public String wireName() {
    return wireName;
  }
}
