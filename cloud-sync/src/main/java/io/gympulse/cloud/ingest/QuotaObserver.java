package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;

/// Gets to know of gateways that send more than one gateway may. Implementations are safe for any
/// number of threads, and quick: they are called for every such message.
@FunctionalInterface
public interface QuotaObserver {
  QuotaObserver NONE = (_, _, _) -> {};

  /// A message was refused as over quota.
  ///
  /// @param detail which quota, for operators
  /// @param at when the message arrived
  void overQuota(GatewayAddress gateway, String detail, Instant at);
}
