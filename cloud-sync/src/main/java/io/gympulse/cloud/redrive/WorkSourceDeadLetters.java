package io.gympulse.cloud.redrive;

import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.queue.WorkSource;
import java.util.List;

/// The dead letters of a queue that stores them itself, without the reasons, which are in the log.
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
  public RedriveResult redrive() {
    return new RedriveResult.Moved(source.redrive(), 0);
  }
}
