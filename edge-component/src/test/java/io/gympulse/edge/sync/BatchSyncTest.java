package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.RejectionCode;
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
  private final List<Plan> plans = new ArrayList<>();
  private final List<SyncOutput> others = new ArrayList<>();
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
  void a_snapshot_comes_first_when_the_link_is_up() {
    connect(3);
    assertThat(others).containsExactly(new SyncOutput.SendSnapshot());
    assertThat(ranges()).containsExactly("BACKLOG 1-3");
  }

  @Test
  void what_happens_now_goes_before_what_waited() {
    batchLimit = 10;
    connect(1_000);
    now += SECOND;
    plans.clear();
    append(1_001);
    assertThat(ranges()).containsExactly("LIVE 1001-1001");
  }

  @Test
  void the_backlog_has_its_turn_however_busy_the_present_is() {
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
  void no_more_backlog_is_on_its_way_than_its_window() {
    batchLimit = 10;
    connect(10_000);
    feed(new SyncInput.Tick());
    assertThat(plans).hasSize(2);
    stored(plans.getFirst().range());
    assertThat(plans).hasSize(3);
  }

  @Test
  void events_are_removed_when_the_cloud_says_it_has_them_and_not_before() {
    connect(3);
    assertThat(others).doesNotHaveAnyElementsOfTypes(SyncOutput.Remove.class);
    stored(SeqRange.of(1, 3));
    assertThat(others).contains(new SyncOutput.Remove(List.of(SeqRange.of(1, 3))));
    assertThat(state.deliveries()).isEqualTo(Deliveries.NONE);
  }

  @Test
  void what_is_not_answered_for_is_sent_again_later_each_time() {
    connect(3);
    List<Long> sentAfter = new ArrayList<>();
    for (int seconds = 0; seconds < 1_000; seconds++) {
      now += SECOND;
      int before = plans.size();
      feed(new SyncInput.Tick());
      if (plans.size() > before) {
        sentAfter.add(now / SECOND);
      }
    }
    assertThat(sentAfter).containsExactly(30L, 90L, 210L, 450L, 750L);
  }

  @Test
  void a_partial_answer_leaves_the_rest_to_be_repeated() {
    connect(10);
    stored(SeqRange.of(3, 4));
    now += 31 * SECOND;
    plans.clear();
    feed(new SyncInput.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-2", "BACKLOG 5-10");
  }

  @Test
  void a_refused_batch_is_halved_until_the_one_event_is_set_apart() {
    connect(100);
    long poison = 37;
    for (int i = 0; i < plans.size(); i++) {
      now += SECOND;
      SeqRange range = plans.get(i).range();
      if (range.contains(new Sequence(poison))) {
        rejected(range, RejectionCode.UNKNOWN_MACHINE);
      } else {
        stored(range);
      }
    }
    assertThat(others)
        .filteredOn(SyncOutput.Quarantine.class::isInstance)
        .containsExactly(new SyncOutput.Quarantine(new Sequence(poison), "unknown-machine: why"));
    assertThat(state.deliveries()).isEqualTo(Deliveries.NONE);
    assertThat(plans).hasSizeLessThan(20);
  }

  @Test
  void a_clock_fault_is_waited_out() {
    connect(1);
    rejected(SeqRange.of(1, 1), RejectionCode.CLOCK_FAULT);
    assertThat(others).doesNotHaveAnyElementsOfTypes(SyncOutput.Quarantine.class);
    plans.clear();
    now += 31 * SECOND;
    feed(new SyncInput.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-1");
  }

  @Test
  void what_is_over_quota_is_kept_and_sent_again_later() {
    connect(0);
    append(3);
    rejected(SeqRange.of(1, 3), RejectionCode.OVER_QUOTA);
    assertThat(others)
        .doesNotHaveAnyElementsOfTypes(SyncOutput.Quarantine.class, SyncOutput.Remove.class);
    plans.clear();
    now += 31 * SECOND;
    feed(new SyncInput.Tick());
    assertThat(ranges()).containsExactly("LIVE 1-3");
  }

  @Test
  void a_refusal_of_one_live_batch_says_nothing_of_those_that_adjoin_it() {
    connect(0);
    for (int seq = 1; seq <= 3; seq++) {
      append(seq);
      now += SECOND / 30;
    }
    assertThat(state.deliveries().inFlight()).hasSize(1);
    rejected(SeqRange.of(2, 2), RejectionCode.UNKNOWN_MACHINE);
    assertThat(others)
        .filteredOn(SyncOutput.Quarantine.class::isInstance)
        .containsExactly(new SyncOutput.Quarantine(new Sequence(2), "unknown-machine: why"));
    stored(SeqRange.of(1, 1));
    stored(SeqRange.of(3, 3));
    assertThat(state.deliveries()).isEqualTo(Deliveries.NONE);
  }

  @Test
  void what_is_repeated_together_is_sent_as_live_as_far_as_it_is_of_the_present() {
    connect(0);
    append(1);
    now += 2 * SECOND;
    append(2);
    now += 59 * SECOND;
    backlogBytes = 5_120;
    plans.clear();
    feed(new SyncInput.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-1", "LIVE 2-2");
  }

  @Test
  void what_the_cloud_takes_later_is_sent_again_behind_the_backlog() {
    batchLimit = 10;
    connect(700);
    rejected(plans.getFirst().range(), RejectionCode.CLOCK_FAULT);
    for (int i = 1; i < 70; i++) {
      now += SECOND;
      stored(plans.get(i).range());
    }
    assertThat(plans.subList(0, 70)).allMatch(it -> it.source() == Plan.Source.BACKLOG);
    assertThat(ranges().subList(70, plans.size())).containsExactly("BACKLOG 1-10");
  }

  @Test
  void what_is_parked_is_parked_once_however_often_it_was_on_its_way() {
    connect(0);
    append(3);
    rejected(SeqRange.of(1, 3), RejectionCode.CLOCK_FAULT);
    feed(new SyncInput.Appended(10, 3));
    now += 90 * SECOND;
    append(10);
    assertThat(ranges()).containsExactly("LIVE 1-3", "BACKLOG 1-10", "BACKLOG 1-3");
    rejected(SeqRange.of(1, 3), RejectionCode.CLOCK_FAULT);
    assertThat(state.deliveries().parked())
        .singleElement()
        .matches(it -> it.range().equals(SeqRange.of(1, 3)));
  }

  @Test
  void a_refusal_of_what_is_not_on_its_way_is_ignored() {
    connect(1);
    stored(SeqRange.of(1, 1));
    rejected(SeqRange.of(1, 1), RejectionCode.UNKNOWN_MACHINE);
    assertThat(others).doesNotHaveAnyElementsOfTypes(SyncOutput.Quarantine.class);
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
  void after_a_short_cut_what_is_unanswered_is_still_of_the_present() {
    connect(0);
    append(1);
    feed(new SyncInput.Disconnected());
    now += 20 * SECOND;
    append(2);
    plans.clear();
    connect(2);
    assertThat(ranges()).containsExactly("LIVE 1-2");
  }

  @Test
  void after_a_long_cut_only_the_last_minute_is_of_the_present() {
    connect(0);
    append(1);
    feed(new SyncInput.Disconnected());
    append(2);
    now += 61 * SECOND;
    append(4);
    plans.clear();
    connect(4);
    assertThat(ranges()).containsExactly("LIVE 3-4", "BACKLOG 1-2");
  }

  @Test
  void what_gets_its_time_late_is_of_the_past() {
    connect(0);
    feed(new SyncInput.Appended(500, 0));
    assertThat(plans).isEmpty();
    now += 90 * SECOND;
    feed(new SyncInput.Appended(501, 501));
    assertThat(ranges()).containsExactly("LIVE 501-501", "BACKLOG 1-500");
  }

  @Test
  void nothing_is_sent_before_it_is_reserved() {
    reserves = false;
    connect(100_000);
    assertThat(plans).isEmpty();
    assertThat(others).contains(new SyncOutput.Reserve(new Sequence(40_001)));
    feed(new SyncInput.Reserved(40_001));
    assertThat(plans).isNotEmpty().allMatch(it -> it.range().last().value() <= 40_001);
    long asked = others.stream().filter(SyncOutput.Reserve.class::isInstance).count();
    feed(new SyncInput.Tick());
    assertThat(others.stream().filter(SyncOutput.Reserve.class::isInstance)).hasSize((int) asked);
  }

  @Test
  void a_single_event_leaves_at_once_and_a_burst_behind_it_shares_a_message() {
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
    feed(new SyncInput.Tick());
    assertThat(ranges()).containsExactly("LIVE 1-1", "LIVE 2-9");
    assertThat(now).isEqualTo(SECOND + SyncSettings.LINGER_NANOS);
  }

  @Test
  void batches_of_backlog_grow_while_answers_are_quick_and_shrink_when_one_is_missing() {
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
    feed(new SyncInput.Tick());
    assertThat(plans.getLast().maxBytes()).isEqualTo(grown / 5_120 / 2 * 5_120);
  }

  @Test
  void batches_of_backlog_shrink_while_answers_are_slow() {
    batchLimit = 10;
    connect(1_000_000);
    for (int i = 0; i < 5; i++) {
      now += SECOND;
      stored(plans.get(i).range());
    }
    assertThat(plans.getLast().maxBytes()).isEqualTo(5_120);
  }

  @Test
  void no_more_than_five_batches_of_backlog_are_on_their_way() {
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
  void one_event_that_answers_for_others_is_set_apart_when_its_batch_is_refused() {
    standsForMore = 4;
    connect(0);
    append(5);
    rejected(SeqRange.of(1, 5), RejectionCode.MALFORMED);
    assertThat(others).contains(new SyncOutput.Quarantine(new Sequence(5), "malformed: why"));
  }

  @Test
  void an_answer_about_other_events_does_not_hide_whom_a_refusal_means() {
    standsForMore = 4;
    connect(0);
    append(5);
    stored(SeqRange.of(90, 99));
    rejected(SeqRange.of(1, 5), RejectionCode.MALFORMED);
    assertThat(others).contains(new SyncOutput.Quarantine(new Sequence(5), "malformed: why"));
  }

  @Test
  void an_event_that_answers_for_others_is_set_apart_though_those_behind_it_are_stored() {
    standsForMore = 4;
    connect(0);
    append(7);
    stored(SeqRange.of(6, 7));
    rejected(SeqRange.of(1, 5), RejectionCode.UNKNOWN_MACHINE);
    assertThat(others).contains(new SyncOutput.Quarantine(new Sequence(5), "unknown-machine: why"));
  }

  @Test
  void a_late_refusal_of_a_larger_batch_says_nothing_of_the_one_event_left_of_it() {
    connect(3);
    rejected(SeqRange.of(1, 3), RejectionCode.MALFORMED);
    SeqRange alone = plans.getLast().range();
    assertThat(alone.size()).isEqualTo(1);
    rejected(SeqRange.of(1, 3), RejectionCode.MALFORMED);
    assertThat(others).doesNotHaveAnyElementsOfTypes(SyncOutput.Quarantine.class);
  }

  @Test
  void what_is_appended_while_the_link_comes_up_is_not_left_behind() {
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
    feed(new SyncInput.Tick());
    assertThat(others).hasSize((int) SyncSettings.BURST_MESSAGES + 1);
  }

  @Test
  void once_the_cloud_answers_again_nothing_waits_out_a_long_pause() {
    connect(0);
    append(1);
    for (int i = 0; i < 600; i++) {
      now += SECOND;
      feed(new SyncInput.Tick());
    }
    append(2);
    plans.clear();
    stored(SeqRange.of(2, 2));
    assertThat(ranges()).containsExactly("BACKLOG 1-1");
  }

  @Test
  void what_has_no_time_yet_is_shown_by_snapshots_two_seconds_apart() {
    connect(0);
    others.clear();
    now += 10 * SECOND;
    feed(new SyncInput.Appended(1, 0));
    assertThat(others).containsExactly(new SyncOutput.SendSnapshot());
    feed(new SyncInput.Appended(2, 0));
    now += SECOND;
    feed(new SyncInput.Appended(3, 0));
    assertThat(others).hasSize(1);
    now = sync.nextTick(state);
    assertThat(now).isEqualTo(12 * SECOND);
    feed(new SyncInput.Tick());
    assertThat(others).hasSize(2);
    now += 60 * SECOND;
    feed(new SyncInput.Appended(3, 0));
    assertThat(others).hasSize(2);
  }

  @Test
  void what_can_be_sent_needs_no_snapshot() {
    connect(0);
    others.clear();
    now += 10 * SECOND;
    append(1);
    assertThat(others).isEmpty();
  }

  @Test
  void a_snapshot_that_could_not_be_taken_is_soon_tried_again() {
    connect(0);
    feed(new SyncInput.SnapshotFailed());
    assertThat(others).hasSize(1);
    now = sync.nextTick(state);
    assertThat(now).isEqualTo(2 * SECOND);
    feed(new SyncInput.Tick());
    assertThat(others).hasSize(2);
  }

  @Test
  void a_reservation_that_was_not_carried_out_is_asked_for_again() {
    reserves = false;
    connect(100);
    state = state.failed(now);
    others.clear();
    feed(new SyncInput.Tick());
    assertThat(others).containsExactly(new SyncOutput.Reserve(new Sequence(100)));
  }

  /// What was not told of before has waited for longer than this process runs.
  private void connect(long tail) {
    if (state.recent().recorded() < tail) {
      state = SyncState.offline(SETTINGS, tail, now);
    }
    feed(new SyncInput.Connected(tail, tail));
  }

  private void append(long tail) {
    feed(new SyncInput.Appended(tail, tail));
  }

  private void stored(SeqRange range) {
    feed(new SyncInput.Answered(List.of(range), List.of()));
  }

  private void rejected(SeqRange range, RejectionCode code) {
    RejectedRange rejected = new RejectedRange(range, code, "why", code.retryable());
    feed(new SyncInput.Answered(List.of(), List.of(rejected)));
  }

  private List<String> ranges() {
    return plans.stream().map(it -> it.kind() + " " + it.range()).toList();
  }

  private void feed(SyncInput first) {
    Deque<SyncInput> next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      SyncStep step = sync.step(state, next.remove(), now, 0);
      state = step.state();
      for (SyncOutput output : step.outputs()) {
        switch (output) {
          case SyncOutput.SendBatch(Plan plan) -> next.add(sent(plan));
          case SyncOutput.Reserve(Sequence last) when reserves ->
              next.add(new SyncInput.Reserved(last.value()));
          default -> others.add(output);
        }
      }
    }
  }

  private SyncInput sent(Plan plan) {
    long first = plan.range().first().value();
    long last = Math.min(plan.range().last().value(), first + batchLimit - 1);
    SeqRange range = SeqRange.of(first, last);
    plans.add(new Plan(plan.source(), plan.kind(), range, plan.attempts(), plan.maxBytes()));
    int bytes = plan.source() == Plan.Source.LIVE ? 100 : backlogBytes;
    SeqRange own = SeqRange.of(first + standsForMore, last);
    return new SyncInput.Sent(plan, own, range, bytes);
  }
}
