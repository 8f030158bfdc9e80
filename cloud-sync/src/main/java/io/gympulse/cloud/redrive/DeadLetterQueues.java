package io.gympulse.cloud.redrive;

import io.gympulse.cloud.core.queue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.Redriven;
import java.util.List;

/// Several as one. A queue whose earlier order is not done with is left alone, and keeps no other
/// from moving its letters.
///
/// @param all one after the other in lists
public record DeadLetterQueues(List<DeadLetterQueue> all) implements DeadLetterQueue {
  public DeadLetterQueues {
    all = List.copyOf(all);
  }

  @Override
  public List<DeadLetter> list(int limit) {
    return all.stream().flatMap(it -> it.list(limit).stream()).limit(limit).toList();
  }

  /// @return how many are moved in all, if any is; else what a queue that moves none says
  @Override
  public Redriven redrive() {
    Redriven answer = new Redriven.Moved(0, 0);
    for (DeadLetterQueue queue : all) {
      answer = answer.and(queue.redrive());
    }
    return answer;
  }
}
