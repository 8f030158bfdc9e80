package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.mqtt.LevelMapping;
import io.gympulse.contract.mqtt.MissingValue;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.edge.sensing.mqtt.Payload.Fault;
import io.gympulse.edge.sensing.mqtt.Payload.Stamp;
import java.util.Optional;

/// Reads a sensor's payloads by its mapping. Immutable.
final class PayloadReader {
  private static final Stamp NO_STAMP = new Stamp.None();

  private final LevelMapping level;
  private final ValueReader value;
  private final Optional<StampReader> stamp;

  PayloadReader(MqttMapping mapping) {
    this.level = mapping.level();
    this.value = new ValueReader(level.place());
    this.stamp = mapping.timestamp().map(StampReader::new);
  }

  Payload read(Message message) {
    return switch (value.read(message)) {
      case ValueReader.Value.Empty _ -> new Payload.Other();
      case ValueReader.Value.Unreadable it -> new Payload.Malformed(it.fault());
      case ValueReader.Value.Absent it ->
          it.fromObject() && level.missing() == MissingValue.IGNORED
              ? new Payload.Other()
              : new Payload.Malformed(Fault.NO_VALUE);
      case ValueReader.Value.Said it ->
          level
              .words()
              .active(it.text(), it.isNumber())
              .<Payload>map(active -> new Payload.Level(active, stamp(message)))
              .orElseGet(() -> new Payload.Malformed(Fault.UNKNOWN_VALUE));
    };
  }

  private Stamp stamp(Message message) {
    if (stamp.isPresent() && message.body() instanceof Message.Body.Json it) {
      return stamp.get().read(it.root());
    }
    return NO_STAMP;
  }
}
