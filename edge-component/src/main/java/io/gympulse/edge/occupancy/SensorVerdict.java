package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.util.Optional;

/// The status that one sensor reports of its machine, or why its readings cannot be used.
enum SensorVerdict {
  FREE(MachineStatus.FREE, Optional.empty()),
  OCCUPIED(MachineStatus.OCCUPIED, Optional.empty()),
  /// No reading has arrived since the gateway started.
  NO_READING(UnknownReason.NO_READING),
  GATEWAY_OFF(UnknownReason.GATEWAY_OFF),
  /// Its source cannot deliver readings.
  SOURCE_DOWN(UnknownReason.SOURCE_DOWN),
  /// Its source runs, but its device was reported as unavailable.
  DEVICE_UNAVAILABLE(UnknownReason.SOURCE_DOWN),
  /// It has been silent for longer than a working sensor of its kind.
  DEAD(UnknownReason.SENSOR_DEAD),
  /// It has been active for longer than its machine is ever used.
  STUCK(UnknownReason.SENSOR_STUCK),
  /// It changes more often than a person can cause.
  CHATTERING(UnknownReason.SENSOR_CHATTERING),
  /// It sends faster than the gateway processes, so readings were dropped.
  OVERFLOWED(UnknownReason.SENSOR_CHATTERING);

  private final MachineStatus status;
  private final Optional<UnknownReason> reason;

  SensorVerdict(UnknownReason reason) {
    this(MachineStatus.UNKNOWN, Optional.of(reason));
  }

  SensorVerdict(MachineStatus status, Optional<UnknownReason> reason) {
    this.status = status;
    this.reason = reason;
  }

  MachineStatus status() {
    return status;
  }

  /// Present only if the status is unknown.
  Optional<UnknownReason> reason() {
    return reason;
  }

  /// Whether the sensor sends too often to be trusted.
  boolean isChattering() {
    return this == CHATTERING || this == OVERFLOWED;
  }

  /// The verdict on a sensor whose machine is unknown for this reason.
  static SensorVerdict unknown(UnknownReason reason) {
    return switch (reason) {
      case GATEWAY_OFF -> GATEWAY_OFF;
      case SENSOR_DEAD -> DEAD;
      case SENSOR_STUCK -> STUCK;
      case SENSOR_CHATTERING -> CHATTERING;
      case SOURCE_DOWN -> SOURCE_DOWN;
      case NO_READING -> NO_READING;
    };
  }
}
