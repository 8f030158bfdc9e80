package io.gympulse.cloud.redrive;

import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import java.util.List;

/// Several dead-letter queues as one. A queue whose earlier redrive is not finished is skipped,
/// without effect on the others.
///
/// @param all in the order of lists
public record DeadLetterQueues(List<DeadLetterQueue> all) implements DeadLetterQueue {
  public DeadLetterQueues {
    all = List.copyOf(all);
  }

  @Override
  public List<DeadLetter> list(int limit) {
    return all.stream().flatMap(it -> it.list(limit).stream()).limit(limit).toList();
  }

  /// @return the number moved in all, if there is any; else the result of a queue that moved none
  @Override
  public RedriveResult redrive() {
    RedriveResult answer = new RedriveResult.Moved(0, 0);
    for (DeadLetterQueue queue : all) {
      answer = answer.and(queue.redrive());
    }
    return answer;
  }
}
