package io.gympulse.edge.outbox;

class InMemoryOutboxTest extends OutboxContract {
  @Override
  Outbox open() {
    return new InMemoryOutbox();
  }
}
