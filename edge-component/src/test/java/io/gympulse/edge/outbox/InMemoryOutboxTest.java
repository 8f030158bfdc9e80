package io.gympulse.edge.outbox;

class InMemoryOutboxTest extends OutboxPortsContract {
  @Override
  Outbox open(OutboxSettings.Limits limits) {
    return new InMemoryOutbox(limits);
  }

  @Override
  Outbox reopened(Outbox it, OutboxSettings.Limits limits) {
    return it;
  }
}
