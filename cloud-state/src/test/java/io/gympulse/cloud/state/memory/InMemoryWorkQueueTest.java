package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.queue.WorkQueue;
import io.gympulse.cloud.state.queue.WorkSource;
import io.gympulse.cloud.state.queue.WorkSourceContract;

class InMemoryWorkQueueTest extends WorkSourceContract {
  private final InMemoryWorkQueue queue = new InMemoryWorkQueue(TERMS, clock);

  @Override
  protected WorkQueue open() {
    return queue;
  }

  @Override
  protected WorkSource source() {
    return queue;
  }
}
