package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import java.sql.SQLException;
import java.util.Optional;

/// The numeric codes of enum values in the outbox's file. A code never changes its meaning. SQLite
/// stores 0 and 1 without a byte of content, so they are given to the most frequent values.
final class Codes {
  private static final int UNKNOWN = 2;

  private Codes() {}

  static int of(MachineStatus status, Optional<UnknownReason> reason) {
    return switch (status) {
      case FREE -> 0;
      case OCCUPIED -> 1;
      case UNKNOWN -> reason.map(Codes::of).orElse(UNKNOWN);
    };
  }

  private static int of(UnknownReason reason) {
    return switch (reason) {
      case GATEWAY_OFF -> 3;
      case SENSOR_DEAD -> 4;
      case SENSOR_STUCK -> 5;
      case SENSOR_CHATTERING -> 6;
      case SOURCE_DOWN -> 7;
      case NO_READING -> 8;
    };
  }

  static int of(TimeQuality quality) {
    return switch (quality) {
      case SYNCED -> 0;
      case CORRECTED -> 1;
      case BOUNDED -> 2;
    };
  }

  static MachineStatus status(int code) throws SQLException {
    return switch (code) {
      case 0 -> MachineStatus.FREE;
      case 1 -> MachineStatus.OCCUPIED;
      case 2, 3, 4, 5, 6, 7, 8 -> MachineStatus.UNKNOWN;
      default -> throw SqliteFailure.corrupt("no status has code " + code);
    };
  }

  static Optional<UnknownReason> reason(int code) throws SQLException {
    return switch (code) {
      case 0, 1, 2 -> Optional.empty();
      case 3 -> Optional.of(UnknownReason.GATEWAY_OFF);
      case 4 -> Optional.of(UnknownReason.SENSOR_DEAD);
      case 5 -> Optional.of(UnknownReason.SENSOR_STUCK);
      case 6 -> Optional.of(UnknownReason.SENSOR_CHATTERING);
      case 7 -> Optional.of(UnknownReason.SOURCE_DOWN);
      case 8 -> Optional.of(UnknownReason.NO_READING);
      default -> throw SqliteFailure.corrupt("no reason has code " + code);
    };
  }

  static TimeQuality quality(int code) throws SQLException {
    return switch (code) {
      case 0 -> TimeQuality.SYNCED;
      case 1 -> TimeQuality.CORRECTED;
      case 2 -> TimeQuality.BOUNDED;
      default -> throw SqliteFailure.corrupt("no time quality has code " + code);
    };
  }
}
