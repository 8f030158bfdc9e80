package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.RejectionCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSyncTest {
  private static final long SECOND = 1_000_000_000L;
  private static final SyncSettings SETTINGS =
      new SyncSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100);

  private final BatchSync sync = new BatchSync(SETTINGS);
  private final List<Plan> plans = new ArrayList<>();
  private final List<SyncOutput> others = new ArrayList<>();
  private SyncState state = SyncState.offline(0);
  private long now = 0;
  private int batchLimit = 1_000;

  @Test
  void nothing_is_sent_while_offline() {
    feed(new SyncInput.Appended(5));
    assertThat(plans).isEmpty();
    assertThat(others).isEmpty();
  }

  @Test
  void a_snapshot_comes_first_when_the_link_is_up() {
    feed(new SyncInput.Connected(3));
    assertThat(others).containsExactly(new SyncOutput.SendSnapshot());
    assertThat(ranges()).containsExactly("BACKLOG 1-3");
  }

  @Test
  void what_happens_now_goes_before_what_waited() {
    batchLimit = 10;
    feed(new SyncInput.Connected(1_000));
    now += SECOND;
    plans.clear();
    feed(new SyncInput.Appended(1_001));
    assertThat(ranges()).containsExactly("LIVE 1001-1001");
  }

  @Test
  void the_backlog_has_its_turn_however_busy_the_present_is() {
    batchLimit = 10;
    feed(new SyncInput.Connected(10_000));
    long tail = 10_000;
    for (int i = 0; i < 40; i++) {
      now += SECOND / 100;
      feed(new SyncInput.Appended(++tail));
      List.copyOf(plans).forEach(it -> stored(it.range()));
    }
    assertThat(plans.stream().filter(it -> it.kind() == BatchKind.BACKLOG).count())
        .isGreaterThanOrEqualTo(10);
  }

  @Test
  void no_more_backlog_is_on_its_way_than_its_window() {
    batchLimit = 10;
    feed(new SyncInput.Connected(10_000));
    feed(new SyncInput.Tick());
    assertThat(plans).hasSize(2);
    stored(plans.getFirst().range());
    assertThat(plans).hasSize(3);
  }

  @Test
  void events_are_removed_when_the_cloud_says_it_has_them_and_not_before() {
    feed(new SyncInput.Connected(3));
    assertThat(others).doesNotHaveAnyElementsOfTypes(SyncOutput.Remove.class);
    stored(SeqRange.of(1, 3));
    assertThat(others).contains(new SyncOutput.Remove(List.of(SeqRange.of(1, 3))));
    assertThat(state.deliveries()).isEqualTo(Deliveries.NONE);
  }

  @Test
  void what_is_not_answered_for_is_sent_again_later_each_time() {
    feed(new SyncInput.Connected(3));
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
    feed(new SyncInput.Connected(10));
    stored(SeqRange.of(3, 4));
    now += 31 * SECOND;
    plans.clear();
    feed(new SyncInput.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-2", "BACKLOG 5-10");
  }

  @Test
  void a_refused_batch_is_halved_until_the_one_event_is_set_apart() {
    feed(new SyncInput.Connected(100));
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
    feed(new SyncInput.Connected(1));
    rejected(SeqRange.of(1, 1), RejectionCode.CLOCK_FAULT);
    assertThat(others).doesNotHaveAnyElementsOfTypes(SyncOutput.Quarantine.class);
    plans.clear();
    now += 31 * SECOND;
    feed(new SyncInput.Tick());
    assertThat(ranges()).containsExactly("BACKLOG 1-1");
  }

  @Test
  void a_refusal_of_what_is_not_on_its_way_is_ignored() {
    feed(new SyncInput.Connected(1));
    stored(SeqRange.of(1, 1));
    rejected(SeqRange.of(1, 1), RejectionCode.UNKNOWN_MACHINE);
    assertThat(others).doesNotHaveAnyElementsOfTypes(SyncOutput.Quarantine.class);
  }

  @Test
  void no_more_than_the_rate_is_published() {
    batchLimit = 1;
    feed(new SyncInput.Connected(0));
    for (int millis = 0; millis < 10_000; millis++) {
      now += SECOND / 1_000;
      feed(new SyncInput.Appended(millis + 1));
      if (millis % 10 == 0 && !plans.isEmpty()) {
        stored(SeqRange.of(1, plans.getLast().range().last().value()));
      }
    }
    assertThat(plans.size()).isBetween(900, 1_011);
  }

  @Test
  void after_a_cut_everything_unanswered_is_backlog() {
    feed(new SyncInput.Connected(0));
    feed(new SyncInput.Appended(1));
    feed(new SyncInput.Disconnected());
    feed(new SyncInput.Appended(2));
    plans.clear();
    feed(new SyncInput.Connected(2));
    assertThat(ranges()).containsExactly("BACKLOG 1-2");
  }

  @Test
  void what_is_appended_while_the_link_comes_up_is_not_left_behind() {
    feed(new SyncInput.Appended(6));
    feed(new SyncInput.Connected(5));
    assertThat(ranges()).containsExactly("BACKLOG 1-6");
  }

  @Test
  void a_snapshot_that_is_due_waits_for_the_rate_to_allow_it() {
    for (int i = 0; i <= SyncSettings.BURST; i++) {
      feed(new SyncInput.Connected(0));
    }
    assertThat(others).hasSize((int) SyncSettings.BURST);
    assertThat(sync.nextTick(state)).isEqualTo(now + SECOND / 100);
    now = sync.nextTick(state);
    feed(new SyncInput.Tick());
    assertThat(others).hasSize((int) SyncSettings.BURST + 1);
  }

  @Test
  void once_the_cloud_answers_again_nothing_waits_out_a_long_pause() {
    feed(new SyncInput.Connected(0));
    feed(new SyncInput.Appended(1));
    for (int i = 0; i < 600; i++) {
      now += SECOND;
      feed(new SyncInput.Tick());
    }
    feed(new SyncInput.Appended(2));
    plans.clear();
    stored(SeqRange.of(2, 2));
    assertThat(ranges()).containsExactly("LIVE 1-1");
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
    SyncInput input = first;
    boolean again = true;
    while (again) {
      again = false;
      SyncStep step = sync.step(state, input, now, 0);
      state = step.state();
      for (SyncOutput output : step.outputs()) {
        if (output instanceof SyncOutput.SendBatch(Plan plan)) {
          input = sent(plan);
          again = true;
        } else {
          others.add(output);
        }
      }
    }
  }

  private SyncInput sent(Plan plan) {
    long first = plan.range().first().value();
    long last = Math.min(plan.range().last().value(), first + batchLimit - 1);
    SeqRange range = SeqRange.of(first, last);
    plans.add(new Plan(plan.source(), plan.kind(), range, plan.attempts(), plan.maxBytes()));
    return new SyncInput.Sent(plan, range, plan.source() == Plan.Source.LIVE ? 100 : 32_000);
  }
}
