package io.gympulse.cloud.alert;

/// How an attempt at a delivery went. Reasons are for logs: they name no address and no secret.
public sealed interface Outcome {
  /// The channel took it; nothing more is to be done.
  record Delivered() implements Outcome {}

  /// Not now, perhaps later: no answer, a refusal that says so, nobody there at the moment.
  record Retry(String reason) implements Outcome {}

  /// Not now and never: the place does not exist or wants nothing more.
  record Gone(String reason) implements Outcome {}
}
