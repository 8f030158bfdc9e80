package io.gympulse.contract.topic;

/// Limits of AWS IoT Core that both sides build on.
public final class IotCoreLimits {
  /// The largest payload of one message, in bytes (128 KB).
  public static final int MAX_PAYLOAD_BYTES = 131_072;

  private IotCoreLimits() {}
}
