package io.gympulse.contract.codec;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A status and its reason as one small number: their index in [#ALL]. New ones may only be
/// appended to that list.
record StatusCode(MachineStatus status, Optional<UnknownReason> reason) {
  static final StatusCode FREE = new StatusCode(MachineStatus.FREE, Optional.empty());
  static final StatusCode OCCUPIED = new StatusCode(MachineStatus.OCCUPIED, Optional.empty());

  static final List<StatusCode> ALL = all();

  private static List<StatusCode> all() {
    List<StatusCode> all = new ArrayList<>();
    all.add(FREE);
    all.add(OCCUPIED);
    all.add(new StatusCode(MachineStatus.UNKNOWN, Optional.empty()));
    List.of(
            UnknownReason.GATEWAY_OFF,
            UnknownReason.SENSOR_DEAD,
            UnknownReason.SENSOR_STUCK,
            UnknownReason.SENSOR_CHATTERING,
            UnknownReason.SOURCE_DOWN,
            UnknownReason.NO_READING)
        .forEach(it -> all.add(new StatusCode(MachineStatus.UNKNOWN, Optional.of(it))));
    return List.copyOf(all);
  }

  int number() {
    return ALL.indexOf(this);
  }

  /// The most likely next status of the same machine.
  StatusCode next() {
    return equals(FREE) ? OCCUPIED : FREE;
  }
}
