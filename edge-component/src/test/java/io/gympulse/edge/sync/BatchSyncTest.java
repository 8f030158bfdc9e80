package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.edge.sync.BatchSync.Input;
import io.gympulse.edge.sync.BatchSync.Output;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSyncTest {
  private static final long SECOND = 1_000_000_000L;
  private static final SyncSettings SETTINGS =
      new SyncSettings(
          Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100, 524_288);

  private final BatchSync sync = new BatchSync(SETTINGS);
  private final List<BatchPlan> plans = new ArrayList<>();
  private final List<Output> others = new ArrayList<>();
  private SyncState state = SyncState.offline(SETTINGS, 0, 0);
  private long now = 0;
  private int batchLimit = 1_000;
  private int backlogBytes = 32_000;
  private int standsForMore = 0;
  private boolean reserves = true;

  @Test
  void nothing_is_sent_while_offline() {
    append(5);
    assertThat(plans).isEmpty();
    assertThat(others).isEmpty();
  }

  @Test
  void a_snapshot_is_sent_first_when_the_uplink_connects() {
    connect(3);
    assertThat(others).containsExactly(new Output.SendSnapshot());
    assertThat(ranges()).containsExactly("BACKLOG 1-3");
  }

  @Test
  void live_events_are_sent_before_the_backlog() {
    batchLimit = 10;
    connect(1_000);
    now += SECOND;
    plans.clear();
    append(1_001);
    assertThat(ranges()).containsExactly("LIVE 1001-1001");
  }

  @Test
  void the_backlog_has_its_turn_however_many_live_events_there_are() {
    batchLimit = 10;
    connect(10_000);
    long tail = 10_000;
    for (int i = 0; i < 40; i++) {
      now += SECOND / 100;
      append(++tail);
      List.copyOf(plans).forEach(it -> stored(it.range()));
    }
    assertThat(plans.stream().filter(it -> it.kind() == BatchKind.BACKLOG).count())
        .isGreaterThanOrEqualTo(10);
  }

  @Test
  void no_more_backlog_is_in_flight_than_its_window() {
    batchLimit = 10;
    connect(10_000);
    feed(new Input.Tick());
    assertThat(plans).hasSize(2);
    stored(plans.getFirst().range());
    assertThat(plans).hasSize(3);
  }

  @Test
  void events_are_removed_only_when_the_cloud_has_acknowledged_them() {
    connect(3);
    assertThat(others).doesNotHaveAnyElementsOfTypes(Output.Remove.class);
    stored(SeqRange.of(1, 3));
    assertThat(others).contains(new Output.Remove(List.of(SeqRange.of(1, 3))));
    assertThat(state.pending()).isEqualTo(PendingBatches.NONE);
  }

  @Test
  void unacknowledged_events_are_sent_again_with_growing_delays() {
    connect(3);
    List<Long> sentAfter = new ArrayList<>();
    for (int seconds = 0; seconds < 1_000; seconds++) {
      now += SECOND;
      int before = plans.size();
      feed(new Input.Tick());
      if (plans.size() > before) {
        sentAfter.add(now / SECOND);
      }
    }
    assertThat(sentAfter).containsExactly(30L, 90L, 210L, 450L, 750L);
  }

  @Test
  void after_a_partial_acknowledgement_the_rest_is_sent_again() {
    connect(10);
    stored(SeqRange.of(3, 4));
    now += 31 * SECOND;
    plans.clear();
    feed(new Input.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-2", "BACKLOG 5-10");
  }

  @Test
  void a_rejected_batch_is_bisected_until_the_single_event_is_quarantined() {
    connect(100);
    long rejectedSeq = 37;
    for (int i = 0; i < plans.size(); i++) {
      now += SECOND;
      SeqRange range = plans.get(i).range();
      if (range.contains(new Sequence(rejectedSeq))) {
        rejected(range, RejectionCode.UNKNOWN_MACHINE);
      } else {
        stored(range);
      }
    }
    assertThat(others)
        .filteredOn(Output.Quarantine.class::isInstance)
        .containsExactly(new Output.Quarantine(new Sequence(rejectedSeq), "unknown-machine: why"));
    assertThat(state.pending()).isEqualTo(PendingBatches.NONE);
    assertThat(plans).hasSizeLessThan(20);
  }

  @Test
  void after_a_clock_fault_the_event_is_sent_again() {
    connect(1);
    rejected(SeqRange.of(1, 1), RejectionCode.CLOCK_FAULT);
    assertThat(others).doesNotHaveAnyElementsOfTypes(Output.Quarantine.class);
    plans.clear();
    now += 31 * SECOND;
    feed(new Input.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-1");
  }

  @Test
  void events_over_quota_are_kept_and_sent_again_later() {
    connect(0);
    append(3);
    rejected(SeqRange.of(1, 3), RejectionCode.OVER_QUOTA);
    assertThat(others).doesNotHaveAnyElementsOfTypes(Output.Quarantine.class, Output.Remove.class);
    plans.clear();
    now += 31 * SECOND;
    feed(new Input.Tick());
    assertThat(ranges()).containsExactly("LIVE 1-3");
  }

  @Test
  void a_rejection_of_one_live_batch_does_not_concern_those_that_adjoin_it() {
    connect(0);
    for (int seq = 1; seq <= 3; seq++) {
      append(seq);
      now += SECOND / 30;
    }
    assertThat(state.pending().inFlight()).hasSize(1);
    rejected(SeqRange.of(2, 2), RejectionCode.UNKNOWN_MACHINE);
    assertThat(others)
        .filteredOn(Output.Quarantine.class::isInstance)
        .containsExactly(new Output.Quarantine(new Sequence(2), "unknown-machine: why"));
    stored(SeqRange.of(1, 1));
    stored(SeqRange.of(3, 3));
    assertThat(state.pending()).isEqualTo(PendingBatches.NONE);
  }

  @Test
  void merged_retries_are_sent_as_live_as_far_as_they_are_recent() {
    connect(0);
    append(1);
    now += 2 * SECOND;
    append(2);
    now += 59 * SECOND;
    backlogBytes = 5_120;
    plans.clear();
    feed(new Input.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-1", "LIVE 2-2");
  }

  @Test
  void events_rejected_as_retryable_are_sent_again_after_the_backlog() {
    batchLimit = 10;
    connect(700);
    rejected(plans.getFirst().range(), RejectionCode.CLOCK_FAULT);
    for (int i = 1; i < 70; i++) {
      now += SECOND;
      stored(plans.get(i).range());
    }
    assertThat(plans.subList(0, 70)).allMatch(it -> it.source() == BatchPlan.Source.BACKLOG);
    assertThat(ranges().subList(70, plans.size())).containsExactly("BACKLOG 1-10");
  }

  @Test
  void events_are_deferred_once_however_often_they_were_in_flight() {
    connect(0);
    append(3);
    rejected(SeqRange.of(1, 3), RejectionCode.CLOCK_FAULT);
    feed(new Input.Appended(10, 3));
    now += 90 * SECOND;
    append(10);
    assertThat(ranges()).containsExactly("LIVE 1-3", "BACKLOG 1-10", "BACKLOG 1-3");
    rejected(SeqRange.of(1, 3), RejectionCode.CLOCK_FAULT);
    assertThat(state.pending().deferred())
        .singleElement()
        .matches(it -> it.range().equals(SeqRange.of(1, 3)));
  }

  @Test
  void a_rejection_of_events_not_in_flight_is_ignored() {
    connect(1);
    stored(SeqRange.of(1, 1));
    rejected(SeqRange.of(1, 1), RejectionCode.UNKNOWN_MACHINE);
    assertThat(others).doesNotHaveAnyElementsOfTypes(Output.Quarantine.class);
  }

  @Test
  void no_more_than_the_rate_is_published() {
    batchLimit = 1;
    backlogBytes = 100;
    connect(100_000);
    for (int millis = 0; millis < 10_000; millis++) {
      now += SECOND / 1_000;
      stored(plans.getLast().range());
    }
    assertThat(plans.size()).isBetween(900, 1_011);
  }

  @Test
  void after_a_short_disconnection_unacknowledged_events_are_still_live() {
    connect(0);
    append(1);
    feed(new Input.Disconnected());
    now += 20 * SECOND;
    append(2);
    plans.clear();
    connect(2);
    assertThat(ranges()).containsExactly("LIVE 1-2");
  }

  @Test
  void after_a_long_disconnection_only_events_of_the_last_minute_are_live() {
    connect(0);
    append(1);
    feed(new Input.Disconnected());
    append(2);
    now += 61 * SECOND;
    append(4);
    plans.clear();
    connect(4);
    assertThat(ranges()).containsExactly("LIVE 3-4", "BACKLOG 1-2");
  }

  @Test
  void events_that_get_their_wall_time_late_are_backlog() {
    connect(0);
    feed(new Input.Appended(500, 0));
    assertThat(plans).isEmpty();
    now += 90 * SECOND;
    feed(new Input.Appended(501, 501));
    assertThat(ranges()).containsExactly("LIVE 501-501", "BACKLOG 1-500");
  }

  @Test
  void nothing_is_sent_before_it_is_reserved() {
    reserves = false;
    connect(100_000);
    assertThat(plans).isEmpty();
    assertThat(others).contains(new Output.Reserve(new Sequence(40_001)));
    feed(new Input.Reserved(40_001));
    assertThat(plans).isNotEmpty().allMatch(it -> it.range().last().value() <= 40_001);
    long requested = others.stream().filter(Output.Reserve.class::isInstance).count();
    feed(new Input.Tick());
    assertThat(others.stream().filter(Output.Reserve.class::isInstance)).hasSize((int) requested);
  }

  @Test
  void a_single_event_is_sent_at_once_and_a_burst_behind_it_shares_a_message() {
    connect(0);
    now += SECOND;
    append(1);
    assertThat(ranges()).containsExactly("LIVE 1-1");
    for (int seq = 2; seq <= 9; seq++) {
      now += SECOND / 1_000;
      append(seq);
    }
    assertThat(plans).hasSize(1);
    now = sync.nextTick(state);
    feed(new Input.Tick());
    assertThat(ranges()).containsExactly("LIVE 1-1", "LIVE 2-9");
    assertThat(now).isEqualTo(SECOND + SyncSettings.LINGER_NANOS);
  }

  @Test
  void batches_of_backlog_grow_while_acks_are_quick_and_shrink_when_one_is_missing() {
    batchLimit = 10;
    backlogBytes = 1_000;
    connect(1_000_000);
    int first = plans.getFirst().maxBytes();
    for (int i = 0; i < 20; i++) {
      now += SECOND / 15;
      stored(plans.get(i).range());
    }
    int grown = plans.getLast().maxBytes();
    assertThat(grown).isGreaterThan(2 * first).isLessThanOrEqualTo(SyncSettings.BACKLOG_WINDOW / 2);
    now += 31 * SECOND;
    feed(new Input.Tick());
    assertThat(plans.getLast().maxBytes()).isEqualTo(grown / 5_120 / 2 * 5_120);
  }

  @Test
  void batches_of_backlog_shrink_while_acks_are_slow() {
    batchLimit = 10;
    connect(1_000_000);
    for (int i = 0; i < 5; i++) {
      now += SECOND;
      stored(plans.get(i).range());
    }
    assertThat(plans.getLast().maxBytes()).isEqualTo(5_120);
  }

  @Test
  void no_more_than_five_batches_of_backlog_are_in_flight() {
    batchLimit = 10;
    backlogBytes = 1_000;
    connect(10_000);
    assertThat(plans).hasSize(5);
  }

  @Test
  void no_more_bytes_than_the_rate_are_published() {
    batchLimit = 10;
    connect(10_000_000);
    for (int millis = 0; millis < 10_000; millis++) {
      now += SECOND / 1_000;
      stored(plans.getLast().range());
    }
    assertThat(plans.size() * 32_000L).isBetween(9 * 524_288L, 11 * 524_288L);
  }

  @Test
  void an_event_with_a_summary_is_quarantined_when_its_batch_is_rejected() {
    standsForMore = 4;
    connect(0);
    append(5);
    rejected(SeqRange.of(1, 5), RejectionCode.MALFORMED);
    assertThat(others).contains(new Output.Quarantine(new Sequence(5), "malformed: why"));
  }

  @Test
  void an_acknowledgement_of_other_events_does_not_change_what_a_rejection_means() {
    standsForMore = 4;
    connect(0);
    append(5);
    stored(SeqRange.of(90, 99));
    rejected(SeqRange.of(1, 5), RejectionCode.MALFORMED);
    assertThat(others).contains(new Output.Quarantine(new Sequence(5), "malformed: why"));
  }

  @Test
  void an_event_with_a_summary_is_quarantined_though_those_behind_it_are_stored() {
    standsForMore = 4;
    connect(0);
    append(7);
    stored(SeqRange.of(6, 7));
    rejected(SeqRange.of(1, 5), RejectionCode.UNKNOWN_MACHINE);
    assertThat(others).contains(new Output.Quarantine(new Sequence(5), "unknown-machine: why"));
  }

  @Test
  void a_late_rejection_of_a_larger_batch_does_not_concern_the_single_event_left_of_it() {
    connect(3);
    rejected(SeqRange.of(1, 3), RejectionCode.MALFORMED);
    SeqRange alone = plans.getLast().range();
    assertThat(alone.size()).isEqualTo(1);
    rejected(SeqRange.of(1, 3), RejectionCode.MALFORMED);
    assertThat(others).doesNotHaveAnyElementsOfTypes(Output.Quarantine.class);
  }

  @Test
  void events_appended_while_the_uplink_connects_are_sent() {
    append(6);
    connect(5);
    assertThat(ranges()).containsExactly("LIVE 1-6");
  }

  @Test
  void a_snapshot_that_is_due_waits_for_the_rate_to_allow_it() {
    for (int i = 0; i <= SyncSettings.BURST_MESSAGES; i++) {
      connect(0);
    }
    assertThat(others).hasSize((int) SyncSettings.BURST_MESSAGES);
    assertThat(sync.nextTick(state)).isEqualTo(now + SECOND / 100);
    now = sync.nextTick(state);
    feed(new Input.Tick());
    assertThat(others).hasSize((int) SyncSettings.BURST_MESSAGES + 1);
  }

  @Test
  void once_the_cloud_answers_again_no_retry_waits_out_a_long_delay() {
    connect(0);
    append(1);
    for (int i = 0; i < 600; i++) {
      now += SECOND;
      feed(new Input.Tick());
    }
    append(2);
    plans.clear();
    stored(SeqRange.of(2, 2));
    assertThat(ranges()).containsExactly("BACKLOG 1-1");
  }

  @Test
  void events_without_wall_time_cause_snapshots_two_seconds_apart() {
    connect(0);
    others.clear();
    now += 10 * SECOND;
    feed(new Input.Appended(1, 0));
    assertThat(others).containsExactly(new Output.SendSnapshot());
    feed(new Input.Appended(2, 0));
    now += SECOND;
    feed(new Input.Appended(3, 0));
    assertThat(others).hasSize(1);
    now = sync.nextTick(state);
    assertThat(now).isEqualTo(12 * SECOND);
    feed(new Input.Tick());
    assertThat(others).hasSize(2);
    now += 60 * SECOND;
    feed(new Input.Appended(3, 0));
    assertThat(others).hasSize(2);
  }

  @Test
  void events_that_can_be_sent_cause_no_snapshot() {
    connect(0);
    others.clear();
    now += 10 * SECOND;
    append(1);
    assertThat(others).isEmpty();
  }

  @Test
  void a_snapshot_that_could_not_be_built_is_soon_retried() {
    connect(0);
    feed(new Input.SnapshotFailed());
    assertThat(others).hasSize(1);
    now = sync.nextTick(state);
    assertThat(now).isEqualTo(2 * SECOND);
    feed(new Input.Tick());
    assertThat(others).hasSize(2);
  }

  @Test
  void a_reservation_that_failed_is_requested_again() {
    reserves = false;
    connect(100);
    state = state.failed(now);
    others.clear();
    feed(new Input.Tick());
    assertThat(others).containsExactly(new Output.Reserve(new Sequence(100)));
  }

  /// Events that the state does not know yet were waiting before the process started.
  private void connect(long tail) {
    if (state.recent().recorded() < tail) {
      state = SyncState.offline(SETTINGS, tail, now);
    }
    feed(new Input.Connected(tail, tail));
  }

  private void append(long tail) {
    feed(new Input.Appended(tail, tail));
  }

  private void stored(SeqRange range) {
    feed(new Input.Acknowledged(List.of(range), List.of()));
  }

  private void rejected(SeqRange range, RejectionCode code) {
    RejectedRange rejected = new RejectedRange(range, code, "why", code.retryable());
    feed(new Input.Acknowledged(List.of(), List.of(rejected)));
  }

  private List<String> ranges() {
    return plans.stream().map(it -> it.kind() + " " + it.range()).toList();
  }

  private void feed(Input first) {
    Deque<Input> next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      BatchSync.Step step = sync.step(state, next.remove(), now, 0);
      state = step.state();
      for (Output output : step.outputs()) {
        switch (output) {
          case Output.SendBatch(BatchPlan plan) -> next.add(sent(plan));
          case Output.Reserve(Sequence last) when reserves ->
              next.add(new Input.Reserved(last.value()));
          default -> others.add(output);
        }
      }
    }
  }

  private Input sent(BatchPlan plan) {
    long first = plan.range().first().value();
    long last = Math.min(plan.range().last().value(), first + batchLimit - 1);
    SeqRange range = SeqRange.of(first, last);
    plans.add(new BatchPlan(plan.source(), plan.kind(), range, plan.attempts(), plan.maxBytes()));
    int bytes = plan.source() == BatchPlan.Source.LIVE ? 100 : backlogBytes;
    SeqRange own = SeqRange.of(first + standsForMore, last);
    return new Input.Sent(plan, own, range, bytes);
  }
}
