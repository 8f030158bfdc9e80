package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSourceContract;

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
