package io.gympulse.edge.outbox;

class InMemoryOutboxTest extends OutboxContract {
  @Override
  Outbox open(OutboxLimits limits) {
    return new InMemoryOutbox(limits);
  }

  @Override
  Outbox reopened(Outbox it, OutboxLimits limits) {
    return it;
  }
}
