package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of the gateway's state promises.
abstract class GatewayStateStoreContract extends OutboxContract {
  @Test
  void the_last_state_of_a_machine_outlives_its_events() {
    append(outbox, 4);
    outbox.acknowledge(List.of(SeqRange.of(4, 4))).join();
    outbox.acknowledge(List.of(SeqRange.of(1, 3))).join();
    assertThat(outbox.lastStates())
        .containsOnlyKeys(new MachineId("bike-0"), new MachineId("bike-1"))
        .containsValue(occurrence(3));
  }

  @Test
  void a_machine_s_last_state_stays_the_last_one_after_renumbering() {
    Occurrence early = occurrence(1);
    Occurrence late = occurrence(3);
    outbox.append(early).join();
    outbox.append(late).join();
    outbox.reserve(new Sequence(2)).join();
    outbox.acknowledge(List.of(SeqRange.of(2, 2))).join();
    outbox.quarantine(new Sequence(1), "outbox-conflict: in use").join();
    assertThat(outbox.renumber().join()).isTrue();
    assertThat(outbox.lastStates().values()).containsExactly(late);
    assertThat(outbox.peek(0, 9)).containsExactly(early.event(new Sequence(1), Optional.empty()));
    outbox = reopened(outbox, OutboxSettings.Limits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(late);
    outbox.acknowledge(List.of(SeqRange.of(1, 1))).join();
    outbox = reopened(outbox, OutboxSettings.Limits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(late);
    Occurrence latest = occurrence(5);
    assertThat(outbox.append(latest).join()).isEqualTo(new Sequence(2));
    outbox = reopened(outbox, OutboxSettings.Limits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(latest);
    outbox.acknowledge(List.of(SeqRange.of(2, 2))).join();
    outbox = reopened(outbox, OutboxSettings.Limits.DEFAULT);
    assertThat(outbox.lastStates().values()).containsExactly(latest);
  }

  @Test
  void the_alive_mark_never_moves_back() {
    assertThat(outbox.lastAlive()).isEmpty();
    outbox.markAlive(stamp(600)).join();
    outbox.markAlive(stamp(540)).join();
    assertThat(outbox.lastAlive()).contains(stamp(600));
  }

  @Test
  void an_alive_mark_of_a_later_boot_is_later_whatever_its_time() {
    outbox.markAlive(stamp(600)).join();
    outbox.markAlive(unsynchronised(LATER, 5)).join();
    outbox.markAlive(stamp(700)).join();
    assertThat(outbox.lastAlive()).contains(unsynchronised(LATER, 5));
    outbox.setBootTime(LATER, NOON.plusSeconds(1000)).join();
    assertThat(outbox.lastAlive())
        .contains(unsynchronised(LATER, 5).bootedAt(NOON.plusSeconds(1000), TimeQuality.CORRECTED));
  }

  @Test
  void a_document_is_stored_until_it_is_replaced() {
    assertThat(outbox.document("history")).isEmpty();
    outbox.putDocument("history", new byte[] {1}).join();
    outbox.putDocument("history", new byte[] {2, 3}).join();
    outbox.putDocument("other", new byte[0]).join();
    assertThat(outbox.document("history")).contains(new byte[] {2, 3});
  }
}
