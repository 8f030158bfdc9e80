package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.edge.occupancy.SensorHealth.Verdict;
import java.util.Optional;

/// What is held to be true of one sensor's view.
enum Belief {
  FREE(MachineStatus.FREE, Optional.empty(), Verdict.SOUND),
  OCCUPIED(MachineStatus.OCCUPIED, Optional.empty(), Verdict.SOUND),
  NO_READING(UnknownReason.NO_READING, Verdict.AWAITED),
  GATEWAY_OFF(UnknownReason.GATEWAY_OFF, Verdict.AWAITED),
  CUT_OFF(UnknownReason.SOURCE_DOWN, Verdict.CUT_OFF),
  AWAY(UnknownReason.SOURCE_DOWN, Verdict.CUT_OFF),
  DEAD(UnknownReason.SENSOR_DEAD, Verdict.DEAD),
  STUCK(UnknownReason.SENSOR_STUCK, Verdict.STUCK),
  CHATTERING(UnknownReason.SENSOR_CHATTERING, Verdict.CHATTERING),
  FLOODING(UnknownReason.SENSOR_CHATTERING, Verdict.FLOODING);

  private final MachineStatus status;
  private final Optional<UnknownReason> reason;
  private final Verdict verdict;

  Belief(UnknownReason reason, Verdict verdict) {
    this(MachineStatus.UNKNOWN, Optional.of(reason), verdict);
  }

  Belief(MachineStatus status, Optional<UnknownReason> reason, Verdict verdict) {
    this.status = status;
    this.reason = reason;
    this.verdict = verdict;
  }

  MachineStatus status() {
    return status;
  }

  /// Present only if the status is unknown.
  Optional<UnknownReason> reason() {
    return reason;
  }

  Verdict verdict() {
    return verdict;
  }

  /// Whether the sensor speaks too often to be believed.
  boolean restless() {
    return this == CHATTERING || this == FLOODING;
  }

  /// The belief in a sensor of which nothing is known for this reason.
  static Belief unknown(UnknownReason reason) {
    return switch (reason) {
      case GATEWAY_OFF -> GATEWAY_OFF;
      case SENSOR_DEAD -> DEAD;
      case SENSOR_STUCK -> STUCK;
      case SENSOR_CHATTERING -> CHATTERING;
      case SOURCE_DOWN -> CUT_OFF;
      case NO_READING -> NO_READING;
    };
  }
}
