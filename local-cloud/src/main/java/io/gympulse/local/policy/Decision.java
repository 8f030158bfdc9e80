package io.gympulse.local.policy;

/// What a policy says about a request.
public enum Decision {
  /// A statement allows it and none denies it.
  ALLOWED,
  /// A statement denies it, whatever else allows it.
  DENIED,
  /// No statement speaks of it, which refuses it too.
  NOT_ALLOWED;

  /// Whether the request may go on.
  public boolean allowed() {
    return this == ALLOWED;
  }
}
