package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import java.util.Set;
import java.util.TreeSet;

/// Checks that an outbox accounts for every number: each is answered for by exactly one event that
/// waits or is quarantined, or was acknowledged.
final class Accounts {
  private Accounts() {}

  /// @param appended numbers that were reported durable
  /// @param acknowledged numbers whose acknowledgement was asked for, whether it came through or
  ///     not
  static void check(Outbox outbox, Set<Long> appended, Set<Long> acknowledged) {
    OutboxCounts counts = outbox.counts();
    Set<Long> answered = new TreeSet<>();
    for (MachineEvent event : outbox.peek(0, Integer.MAX_VALUE)) {
      answer(event.standsFor(), answered);
    }
    for (QuarantinedEvent quarantined : outbox.quarantined()) {
      answer(quarantined.event().standsFor(), answered);
    }
    for (long seq = 1; seq <= outbox.ready(); seq++) {
      assertThat(answered.contains(seq) || acknowledged.contains(seq)).as("event %d", seq).isTrue();
    }
    assertThat(appended).allMatch(it -> it <= counts.recorded());
    assertThat(counts.waiting())
        .isEqualTo(outbox.peek(0, Integer.MAX_VALUE).size() + counts.recorded() - outbox.ready());
    assertThat(counts.quarantined()).isEqualTo(outbox.quarantined().size());
    assertThat(counts.acknowledged()).isNotNegative();
    assertThat(outbox.append(OutboxContract.occurrence(0)).join().value())
        .isEqualTo(counts.recorded() + 1);
  }

  private static void answer(SeqRange range, Set<Long> answered) {
    for (long seq = range.first().value(); seq <= range.last().value(); seq++) {
      assertThat(answered.add(seq)).as("%d is answered for once", seq).isTrue();
    }
  }
}
