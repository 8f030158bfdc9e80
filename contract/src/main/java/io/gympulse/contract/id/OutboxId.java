package io.gympulse.contract.id;

import java.util.UUID;

/// The identity of one outbox file. With a [Sequence] it names an event for ever, so a file that is
/// set aside and begun anew gets a new id and can never reuse an old event's name.
public record OutboxId(UUID value) {
  public static OutboxId random() {
    return new OutboxId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
