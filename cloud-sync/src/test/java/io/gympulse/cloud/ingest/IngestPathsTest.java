package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.ROWER;
import static io.gympulse.cloud.ingest.TestGyms.batch;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
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

/// The paths into ingest beside the queue, and what an invocation reads and writes.
class IngestPathsTest {
  private final InMemoryCloudStore store = TestGyms.store();
  private final RecordingPublisher published = new RecordingPublisher();

  @Test
  void a_rule_s_message_is_stored_and_acknowledged() {
    IngestPaths paths = new IngestPaths(store, published);

    assertThat(paths.byRule(TestQueue.text(batch(event(1, BENCH)), NOW))).isTrue();

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 1));
    assertThat(published.acks(GATEWAY_1)).hasSize(1);
    assertThat(paths.counters.received()).isEqualTo(1);
  }

  @Test
  void a_rule_s_message_whose_acknowledgement_fails_makes_the_call_fail() {
    IngestPaths paths = new IngestPaths(store, RecordingPublisher.failing(1));

    assertThat(paths.byRule(TestQueue.text(batch(event(1, BENCH)), NOW))).isFalse();
    assertThat(paths.counters.failed()).isEqualTo(1);
  }

  @Test
  void a_rule_s_message_that_is_rejected_is_not_delivered_again() {
    assertThat(new IngestPaths(store, published).byRule("{}")).isTrue();
    assertThat(published.errors()).hasSize(1);
  }

  @Test
  void a_stream_delivers_again_from_the_first_record_that_failed() {
    RecordingPublisher failing = RecordingPublisher.failing(1);
    IngestPaths paths = new IngestPaths(store, failing);
    List<String> records =
        List.of(
            TestQueue.text(new Heartbeat(GATEWAY_1, NOW, Optional.empty(), 0), NOW),
            TestQueue.text(batch(event(1, BENCH)), NOW),
            TestQueue.text(batch(event(2, ROWER)), NOW));

    List<String> left = paths.byStream(records);

    assertThat(left).isEqualTo(records.subList(1, 3));
    assertThat(paths.byStream(left)).isEmpty();
    assertThat(failing.acks(GATEWAY_1))
        .singleElement()
        .satisfies(it -> assertThat(it.stored()).containsExactly(SeqRange.of(1, 2)));
  }

  @Test
  void a_gym_s_plan_is_read_once_per_invocation_and_only_other_machines_are_looked_up() {
    CountingPlans plans = new CountingPlans(store.floorPlans());
    Validator validator = new Validator(plans, Duration.ofMinutes(5), UnaryOperator.identity());

    List<String> texts =
        TestQueue.of(
            batch(event(1, BENCH), event(2, ROWER), event(3, TestGyms.UNKNOWN)),
            batch(event(4, TestGyms.UNKNOWN), event(5, TestGyms.BENCH_2)),
            new Heartbeat(GATEWAY_1, NOW, Optional.empty(), 0));
    texts.forEach(
        it ->
            validator.validate(
                RuleOutputReader.read(it, new GatewayQuotas(QuotaObserver.NONE).new Invocation())));

    assertThat(plans.reads)
        .containsExactly("gym riverside", "machine stray", "machine harbour-bench");
  }

  @Test
  void live_batches_between_two_heartbeats_leave_the_gateway_s_record_alone() {
    IngestPaths paths = new IngestPaths(store, published);
    paths.byRule(TestQueue.text(new Heartbeat(GATEWAY_1, NOW, Optional.empty(), 0), NOW));
    paths.byRule(TestQueue.text(batch(event(1, BENCH)), NOW));
    Gateway kept = gateway();

    for (int second = 2; second < 30; second++) {
      paths.byRule(live(second));
      assertThat(gateway()).isEqualTo(kept);
    }
    paths.byRule(live(30));

    assertThat(gateway()).isNotEqualTo(kept);
  }

  private Gateway gateway() {
    return store.gateways().find(GATEWAY_1.gateway()).orElseThrow();
  }

  private static String live(int second) {
    Instant now = NOW.plusSeconds(second);
    return TestQueue.text(
        batch(GATEWAY_1, now, event(second, BENCH, MachineStatus.FREE, now)), now);
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
    public Optional<RegisteredMachine> locate(MachineId machine) {
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
