package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_2;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.gateway.SampleHealth;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Gateways' health, as the rule on accepted updates of the shadow passes it on.
class HealthIngestTest {
  private final InMemoryCloudStore store = TestGyms.store();
  private final RecordingPublisher published = new RecordingPublisher();
  private final IngestCounters counters = new IngestCounters();
  private final List<ReceivedHealth> reported = new ArrayList<>();
  private final IngestHandler handler =
      new IngestHandler(store, published, Duration.ofMinutes(5), counters)
          .withHealthObserver(reported::add);

  @Test
  void health_is_stored_and_shows_that_the_gateway_is_online() {
    GatewayHealth health = SampleHealth.of(GATEWAY_1, NOW.minusSeconds(1));
    deliver(TestQueue.text(health, NOW));
    ReceivedHealth stored = new ReceivedHealth(health, NOW);
    assertThat(store.healths().find(GATEWAY_1.gateway())).contains(stored);
    assertThat(reported).containsExactly(stored);
    assertThat(store.gateways().all())
        .singleElement()
        .matches(it -> it.presence().orElseThrow().online());
    assertThat(counters.rejected()).isZero();
  }

  @Test
  void of_several_in_any_order_the_latest_stays_and_only_that_one_is_reported() {
    GatewayHealth later = SampleHealth.of(GATEWAY_1, NOW.minusSeconds(1));
    deliver(
        TestQueue.text(later, NOW),
        TestQueue.text(SampleHealth.of(GATEWAY_1, NOW.minusSeconds(60)), NOW));
    deliver(TestQueue.text(SampleHealth.of(GATEWAY_1, NOW.minusSeconds(600)), NOW));
    assertThat(store.healths().find(GATEWAY_1.gateway())).contains(new ReceivedHealth(later, NOW));
    assertThat(reported).extracting(ReceivedHealth::health).containsExactly(later);
  }

  @Test
  void health_that_cannot_be_read_is_counted_and_published() {
    deliver(
        TestQueue.health("{}", GATEWAY_1.gateway(), NOW),
        TestQueue.health("\"fine\"", GATEWAY_1.gateway(), NOW),
        TestQueue.health(
            new String(GatewayHealthCodec.encode(SampleHealth.of(GATEWAY_1, NOW)), UTF_8)
                .replace("\"version\":1", "\"version\":2"),
            GATEWAY_1.gateway(),
            NOW));
    assertThat(counters.rejected(RejectionCode.MISSING_FIELD)).isEqualTo(1);
    assertThat(counters.rejected(RejectionCode.MALFORMED)).isEqualTo(1);
    assertThat(counters.rejected(RejectionCode.UNKNOWN_VERSION)).isEqualTo(1);
    assertThat(published.errors()).hasSize(3);
    assertThat(store.healths().find(GATEWAY_1.gateway())).isEmpty();
  }

  @Test
  void a_gateway_cannot_report_for_another_or_from_another_gym() {
    GatewayHealth foreign = SampleHealth.of(GATEWAY_2, NOW);
    deliver(
        TestQueue.health(
            new String(GatewayHealthCodec.encode(foreign), UTF_8), GATEWAY_1.gateway(), NOW));
    assertThat(counters.rejected(RejectionCode.TOPIC_MISMATCH)).isEqualTo(1);
    GatewayAddress elsewhere = new GatewayAddress(GATEWAY_2.gym(), GATEWAY_1.gateway());
    deliver(TestQueue.text(SampleHealth.of(elsewhere, NOW), NOW));
    assertThat(counters.rejected(RejectionCode.WRONG_GATEWAY)).isEqualTo(1);
    assertThat(store.healths().find(GATEWAY_1.gateway())).isEmpty();
    assertThat(store.healths().find(GATEWAY_2.gateway())).isEmpty();
  }

  @Test
  void health_from_the_future_is_a_clock_fault() {
    deliver(TestQueue.text(SampleHealth.of(GATEWAY_1, NOW.plus(Duration.ofHours(1))), NOW));
    assertThat(counters.rejected(RejectionCode.CLOCK_FAULT)).isEqualTo(1);
  }

  @Test
  void a_gateway_whose_clock_is_not_set_yet_is_seen_all_the_same() {
    deliver(TestQueue.text(SampleHealth.of(GATEWAY_1, NOW.minusSeconds(60)), NOW));
    GatewayHealth unset =
        SampleHealth.with(
            SampleHealth.of(GATEWAY_1, Instant.EPOCH.plusSeconds(95)), SampleHealth.device(false));
    deliver(TestQueue.text(unset, NOW.plusSeconds(60)));
    assertThat(store.healths().find(GATEWAY_1.gateway()).orElseThrow().health()).isEqualTo(unset);
  }

  @Test
  void operators_that_cannot_be_notified_do_not_hold_up_the_queue() {
    IngestHandler failing =
        handler.withHealthObserver(
            _ -> {
              throw new StoreUnavailableException("no incidents", null);
            });
    GatewayHealth health = SampleHealth.of(GATEWAY_1, NOW);
    assertThat(TestQueue.deliver(failing, TestQueue.of(health))).isEmpty();
    assertThat(store.healths().find(GATEWAY_1.gateway())).isPresent();
  }

  private void deliver(String... texts) {
    assertThat(TestQueue.deliver(handler, List.of(texts))).isEmpty();
  }
}
