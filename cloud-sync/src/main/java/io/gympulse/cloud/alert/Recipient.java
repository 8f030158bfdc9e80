package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.UserId;

/// For whom a notification is.
public sealed interface Recipient {
  record Member(UserId user) implements Recipient {}

  record Operators() implements Recipient {}
}
