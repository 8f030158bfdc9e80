package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.BENCH_2;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_2;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.batch;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Batches over a gateway's quota are rejected as retryable, and other gateways are not affected.
class GatewayQuotasTest {
  private static final int EVENTS = 10_000;

  private final InMemoryCloudStore store = TestGyms.store();
  private final RecordingPublisher published = new RecordingPublisher();
  private final IngestCounters counters = new IngestCounters();
  private final List<String> observed = new ArrayList<>();
  private final IngestHandler handler =
      new IngestHandler(store, published, Duration.ofMinutes(5), counters)
          .withQuotaObserver(
              (gateway, detail, _) -> observed.add(gateway.gateway() + ": " + detail));

  @Test
  void more_events_than_an_invocation_takes_are_rejected_by_their_headers_alone() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      texts.add(unreadable(1 + (long) i * EVENTS));
    }
    texts.add(TestQueue.text(batch(GATEWAY_2, NOW, event(1, BENCH_2)), NOW));

    assertThat(TestQueue.deliver(handler, texts)).isEmpty();

    // What is read is found to be no columns at all; what is over the quota is not read.
    assertThat(counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(40);
    assertThat(counters.rejected() - counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(20);
    assertThat(rejected())
        .filteredOn(it -> it.code() == RejectionCode.OVER_QUOTA)
        .hasSize(40)
        .allMatch(RejectedRange::retryable)
        .extracting(RejectedRange::range)
        .contains(SeqRange.of(200_001, 210_000));
    assertThat(observed).hasSize(40).containsOnly("gw-1: more than 200000 events at once");
    assertThat(published.acks(GATEWAY_2))
        .extracting(Acknowledgement::rejected)
        .containsOnly(List.of());
  }

  @Test
  void what_was_rejected_is_accepted_by_the_next_invocation() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add(unreadable(1 + (long) i * EVENTS));
    }
    String text = TestQueue.text(batch(event(5, BENCH)), NOW);
    texts.add(text);
    TestQueue.deliver(handler, texts);
    assertThat(counters.stored()).isZero();

    TestQueue.deliver(handler, List.of(text));

    assertThat(counters.stored()).isEqualTo(1);
  }

  @Test
  void no_more_outboxes_of_a_gateway_are_taken_than_it_may_use_in_an_hour() {
    for (int i = 0; i < 4_000; i++) {
      TestQueue.deliver(handler, List.of(of(OutboxId.random(), NOW)));
    }
    assertThat(counters.stored()).isEqualTo(GatewayQuotas.MAX_OUTBOXES);
    assertThat(counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(4_000 - 16);
    assertThat(store.gateways().find(GATEWAY_1.gateway()).orElseThrow().coverage().outboxes())
        .hasSize(16);
    assertThat(rejected()).allMatch(RejectedRange::retryable);

    Instant later = NOW.plus(GatewayQuotas.OUTBOX_PERIOD);
    TestQueue.deliver(handler, List.of(of(OUTBOX, later)));
    assertThat(counters.stored()).isEqualTo(GatewayQuotas.MAX_OUTBOXES + 1);
  }

  @Test
  void an_outbox_in_use_stays_in_use_beside_invented_ones() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    assertThat(refused(quotas, GATEWAY_1, OUTBOX, NOW)).isFalse();
    for (int i = 0; i < 4_000; i++) {
      refused(quotas, GATEWAY_1, OutboxId.random(), NOW.plusSeconds(i));
      assertThat(refused(quotas, GATEWAY_1, OUTBOX, NOW.plusSeconds(i))).isFalse();
    }
    assertThat(refused(quotas, GATEWAY_2, OUTBOX, NOW)).isFalse();
  }

  @Test
  void a_gateway_that_never_pauses_is_limited_to_a_million_events_a_day() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    assertThat(taken(quotas, NOW)).isEqualTo(GatewayQuotas.EVENT_BURST / EVENTS);
    assertThat(refused(quotas, GATEWAY_2, OUTBOX, NOW)).isFalse();
    assertThat(taken(quotas, NOW.plus(Duration.ofDays(1)))).isEqualTo(100);
  }

  @Test
  void events_that_ingest_has_written_are_charged() {
    for (int i = 0; i < GatewayQuotas.EVENT_BURST / EVENTS; i++) {
      TestQueue.deliver(handler, List.of(unreadable(1 + (long) i * EVENTS)));
    }
    assertThat(observed).isEmpty();
    TestQueue.deliver(handler, List.of(unreadable(1 + (long) GatewayQuotas.EVENT_BURST)));
    assertThat(observed).singleElement().asString().contains("events for long");
  }

  @Test
  void events_that_could_not_be_written_are_not_charged() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    BatchHeader about =
        new BatchHeader(GATEWAY_1, OUTBOX, SeqRange.of(1, EVENTS), Optional.empty());
    for (int i = 0; i < 1_000; i++) {
      assertThat(quotas.new Invocation().check(GATEWAY_1, about, NOW)).isEmpty();
    }
  }

  @Test
  void a_clock_that_was_ahead_and_is_set_back_keeps_the_daily_refill() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    assertThat(taken(quotas, NOW.plus(Duration.ofDays(400)))).isPositive();
    assertThat(taken(quotas, NOW)).isZero();
    assertThat(taken(quotas, NOW.plus(Duration.ofDays(1)))).isEqualTo(100);
  }

  /// How many full batches are taken at this moment.
  private static int taken(GatewayQuotas quotas, Instant at) {
    BatchHeader about =
        new BatchHeader(GATEWAY_1, OUTBOX, SeqRange.of(1, EVENTS), Optional.empty());
    int taken = 0;
    while (true) {
      GatewayQuotas.Invocation invocation = quotas.new Invocation();
      if (invocation.check(GATEWAY_1, about, at).isPresent()) {
        return taken;
      }
      invocation.written();
      taken++;
    }
  }

  private static boolean refused(
      GatewayQuotas quotas, GatewayAddress gateway, OutboxId outbox, Instant at) {
    BatchHeader about = new BatchHeader(gateway, outbox, SeqRange.of(1, 1), Optional.empty());
    return quotas.new Invocation().check(gateway, about, at).isPresent();
  }

  private List<RejectedRange> rejected() {
    return published.acks(GATEWAY_1).stream().flatMap(it -> it.rejected().stream()).toList();
  }

  private static String of(OutboxId outbox, Instant at) {
    EventBatch batch =
        new EventBatch(
            GATEWAY_1, outbox, BatchKind.LIVE, at, Optional.empty(), List.of(event(1, BENCH)));
    return TestQueue.text(batch, at);
  }

  /// A batch of many events whose columns are nonsense.
  private static String unreadable(long first) {
    String body =
        """
        {"version":2,"gym":"%s","gateway":"%s","outboxId":"%s","kind":"backlog","firstSeq":%d,\
        "lastSeq":%d,"sentAt":%d,"columns":"!"}"""
            .formatted(
                GATEWAY_1.gym(),
                GATEWAY_1.gateway(),
                OUTBOX,
                first,
                first + EVENTS - 1,
                NOW.toEpochMilli());
    return TestQueue.selected(body, Topics.batches(GATEWAY_1));
  }
}
