package io.gympulse.edge.outbox;

import org.junit.jupiter.api.Nested;

/// What every outbox promises of each of its ports.
abstract class OutboxPortsContract {
  abstract Outbox open(OutboxSettings.Limits limits);

  /// The outbox closed and opened again, if it survives that.
  abstract Outbox reopened(Outbox it, OutboxSettings.Limits limits);

  @Nested
  class AsEventQueue extends EventQueueContract {
    @Override
    Outbox open(OutboxSettings.Limits limits) {
      return OutboxPortsContract.this.open(limits);
    }

    @Override
    Outbox reopened(Outbox it, OutboxSettings.Limits limits) {
      return OutboxPortsContract.this.reopened(it, limits);
    }
  }

  @Nested
  class AsQuarantine extends QuarantineContract {
    @Override
    Outbox open(OutboxSettings.Limits limits) {
      return OutboxPortsContract.this.open(limits);
    }

    @Override
    Outbox reopened(Outbox it, OutboxSettings.Limits limits) {
      return OutboxPortsContract.this.reopened(it, limits);
    }
  }

  @Nested
  class AsGatewayStateStore extends GatewayStateStoreContract {
    @Override
    Outbox open(OutboxSettings.Limits limits) {
      return OutboxPortsContract.this.open(limits);
    }

    @Override
    Outbox reopened(Outbox it, OutboxSettings.Limits limits) {
      return OutboxPortsContract.this.reopened(it, limits);
    }
  }
}
