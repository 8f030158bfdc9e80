package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.BENCH;
import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.ROWER;
import static io.gympulse.cloud.ingest.Branch.US;
import static io.gympulse.cloud.ingest.Branch.batch;
import static io.gympulse.cloud.ingest.Branch.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.MachinePlace;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The doors beside the queue's, and what an invocation reads and writes.
class DoorsTest {
  private final InMemoryCloudStore store = Branch.store();
  private final Published published = new Published();

  @Test
  void a_rule_s_message_is_stored_and_acknowledged() {
    Doors doors = new Doors(store, published);

    assertThat(doors.byRule(Queue.text(batch(event(1, BENCH)), NOW))).isTrue();

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 1));
    assertThat(published.acks(US)).hasSize(1);
    assertThat(doors.counters.received()).isEqualTo(1);
  }

  @Test
  void a_rule_s_message_that_cannot_be_answered_makes_the_call_fail() {
    Doors doors = new Doors(store, Published.refusing(1));

    assertThat(doors.byRule(Queue.text(batch(event(1, BENCH)), NOW))).isFalse();
    assertThat(doors.counters.failed()).isEqualTo(1);
  }

  @Test
  void a_rule_s_message_that_is_refused_does_not_come_again() {
    assertThat(new Doors(store, published).byRule("{}")).isTrue();
    assertThat(published.errors()).hasSize(1);
  }

  @Test
  void a_stream_delivers_again_from_the_first_record_that_failed() {
    Published refusing = Published.refusing(1);
    Doors doors = new Doors(store, refusing);
    List<String> records =
        List.of(
            Queue.text(new Heartbeat(US, NOW, Optional.empty(), 0), NOW),
            Queue.text(batch(event(1, BENCH)), NOW),
            Queue.text(batch(event(2, ROWER)), NOW));

    List<String> left = doors.byStream(records);

    assertThat(left).isEqualTo(records.subList(1, 3));
    assertThat(doors.byStream(left)).isEmpty();
    assertThat(refusing.acks(US))
        .singleElement()
        .satisfies(it -> assertThat(it.stored()).containsExactly(SeqRange.of(1, 2)));
  }

  @Test
  void a_gym_s_plan_is_read_once_per_invocation_and_only_strange_machines_are_looked_for() {
    CountingPlans plans = new CountingPlans(store.floorPlans());
    Judge judge = new Judge(plans, Duration.ofMinutes(5), UnaryOperator.identity());

    List<String> texts =
        Queue.of(
            batch(event(1, BENCH), event(2, ROWER), event(3, Branch.NOBODYS)),
            batch(event(4, Branch.NOBODYS), event(5, Branch.THEIRS)),
            new Heartbeat(US, NOW, Optional.empty(), 0));
    texts.forEach(
        it ->
            judge.judge(
                RuleOutput.read(it, new GatewayQuotas(QuotaObserver.NONE).new Invocation())));

    assertThat(plans.reads)
        .containsExactly("gym riverside", "machine stray", "machine harbour-bench");
  }

  @Test
  void live_batches_between_two_heartbeats_leave_the_gateway_s_record_alone() {
    Doors doors = new Doors(store, published);
    doors.byRule(Queue.text(new Heartbeat(US, NOW, Optional.empty(), 0), NOW));
    doors.byRule(Queue.text(batch(event(1, BENCH)), NOW));
    Gateway kept = gateway();

    for (int second = 2; second < 30; second++) {
      doors.byRule(live(second));
      assertThat(gateway()).isEqualTo(kept);
    }
    doors.byRule(live(30));

    assertThat(gateway()).isNotEqualTo(kept);
  }

  private Gateway gateway() {
    return store.gateways().find(US.gateway()).orElseThrow();
  }

  private static String live(int second) {
    Instant now = NOW.plusSeconds(second);
    return Queue.text(batch(US, now, event(second, BENCH, MachineStatus.FREE, now)), now);
  }

  private static final class CountingPlans implements FloorPlans {
    private final FloorPlans plans;
    private final List<String> reads = new ArrayList<>();

    CountingPlans(FloorPlans plans) {
      this.plans = plans;
    }

    @Override
    public void register(FloorPlan plan) {
      plans.register(plan);
    }

    @Override
    public boolean remove(GymId gym) {
      return plans.remove(gym);
    }

    @Override
    public Optional<MachinePlace> locate(MachineId machine) {
      reads.add("machine " + machine);
      return plans.locate(machine);
    }

    @Override
    public Optional<FloorPlan> find(GymId gym) {
      reads.add("gym " + gym);
      return plans.find(gym);
    }

    @Override
    public List<FloorPlan> all() {
      return plans.all();
    }
  }
}
