package io.gympulse.cloud.redrive;

import io.gympulse.cloud.core.queue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.Redriven;
import io.gympulse.cloud.core.queue.WorkSource;
import java.util.List;

/// The dead letters of a queue that keeps them itself, but not why they were given up, which the
/// log tells.
///
/// @param queue the queue's name
public record WorkSourceDeadLetters(String queue, WorkSource source) implements DeadLetterQueue {

  @Override
  public List<DeadLetter> list(int limit) {
    return source.deadLetters(limit).stream()
        .map(it -> new DeadLetter(it.sentAt(), queue, it.id(), it.receives(), "", it.body()))
        .toList();
  }

  @Override
  public Redriven redrive() {
    return new Redriven.Moved(source.redrive(), 0);
  }
}
