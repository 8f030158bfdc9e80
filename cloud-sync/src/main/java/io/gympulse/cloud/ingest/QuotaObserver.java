package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;

/// Is notified of gateways over their quota, on every rejected message, so implementations have to
/// be fast. Safe for any number of threads.
@FunctionalInterface
public interface QuotaObserver {
  QuotaObserver NONE = (_, _, _) -> {};

  /// A message was rejected as over quota.
  ///
  /// @param detail which quota, for operators
  /// @param at when the message arrived
  void overQuota(GatewayAddress gateway, String detail, Instant at);
}
