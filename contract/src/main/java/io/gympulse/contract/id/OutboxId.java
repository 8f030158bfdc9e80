package io.gympulse.contract.id;

import java.util.UUID;

/// The identity of one outbox file. Together with a [Sequence] it identifies an event for good: a
/// file that replaces a damaged one gets a new id, so no event's identity is ever used twice.
public record OutboxId(UUID value) {
  public static OutboxId random() {
    return new OutboxId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
