package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.edge.outbox.EventQueue.Counts;
import java.util.Set;
import java.util.TreeSet;

/// Checks that every number of an outbox is accounted for: exactly one waiting or quarantined event
/// stands for it, or it was acknowledged.
final class OutboxAudit {
  private OutboxAudit() {}

  /// @param appended numbers that were reported durable
  /// @param acknowledged numbers that were acknowledged, whether the call completed or not
  static void check(Outbox outbox, Set<Long> appended, Set<Long> acknowledged) {
    Counts counts = outbox.counts();
    Set<Long> covered = new TreeSet<>();
    for (MachineEvent event : outbox.peek(0, Integer.MAX_VALUE)) {
      cover(event.standsFor(), covered);
    }
    for (Quarantine.QuarantinedEvent quarantined : outbox.quarantined()) {
      cover(quarantined.event().standsFor(), covered);
    }
    for (long seq = 1; seq <= outbox.lastReady(); seq++) {
      assertThat(covered.contains(seq) || acknowledged.contains(seq)).as("event %d", seq).isTrue();
    }
    assertThat(appended).allMatch(it -> it <= counts.recorded());
    assertThat(counts.waiting())
        .isEqualTo(
            outbox.peek(0, Integer.MAX_VALUE).size() + counts.recorded() - outbox.lastReady());
    assertThat(counts.quarantined()).isEqualTo(outbox.quarantined().size());
    assertThat(counts.acknowledged()).isNotNegative();
    assertThat(outbox.append(OutboxContract.occurrence(0)).join().value())
        .isEqualTo(counts.recorded() + 1);
  }

  private static void cover(SeqRange range, Set<Long> covered) {
    for (long seq = range.first().value(); seq <= range.last().value(); seq++) {
      assertThat(covered.add(seq)).as("%d is covered once", seq).isTrue();
    }
  }
}
