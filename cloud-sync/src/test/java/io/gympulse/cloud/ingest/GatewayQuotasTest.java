package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.BENCH;
import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.THEIRS;
import static io.gympulse.cloud.ingest.Branch.THEM;
import static io.gympulse.cloud.ingest.Branch.US;
import static io.gympulse.cloud.ingest.Branch.batch;
import static io.gympulse.cloud.ingest.Branch.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What one gateway sends too much is answered as retryable, and harms no other.
class GatewayQuotasTest {
  private static final int ROWS = 10_000;

  private final InMemoryCloudStore store = Branch.store();
  private final Published published = new Published();
  private final IngestCounters counters = new IngestCounters();
  private final List<String> observed = new ArrayList<>();
  private final IngestHandler handler =
      new IngestHandler(store, published, Duration.ofMinutes(5), counters)
          .watched((gateway, detail, _) -> observed.add(gateway.gateway() + ": " + detail));

  @Test
  void more_events_than_an_invocation_takes_are_refused_by_their_headers_alone() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      texts.add(unreadable(1 + (long) i * ROWS));
    }
    texts.add(Queue.text(batch(THEM, NOW, event(1, THEIRS)), NOW));

    assertThat(Queue.deliver(handler, texts)).isEmpty();

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
    assertThat(published.acks(THEM)).extracting(Acknowledgement::rejected).containsOnly(List.of());
  }

  @Test
  void what_was_refused_is_taken_by_the_next_invocation() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add(unreadable(1 + (long) i * ROWS));
    }
    String text = Queue.text(batch(event(5, BENCH)), NOW);
    texts.add(text);
    Queue.deliver(handler, texts);
    assertThat(counters.stored()).isZero();

    Queue.deliver(handler, List.of(text));

    assertThat(counters.stored()).isEqualTo(1);
  }

  @Test
  void no_more_outboxes_of_a_gateway_are_taken_than_it_may_use_in_an_hour() {
    for (int i = 0; i < 4_000; i++) {
      Queue.deliver(handler, List.of(of(OutboxId.random(), NOW)));
    }
    assertThat(counters.stored()).isEqualTo(GatewayQuotas.MOST_OUTBOXES);
    assertThat(counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(4_000 - 16);
    assertThat(store.gateways().find(US.gateway()).orElseThrow().coverage().outboxes()).hasSize(16);
    assertThat(rejected()).allMatch(RejectedRange::retryable);

    Instant later = NOW.plus(GatewayQuotas.SPAN);
    Queue.deliver(handler, List.of(of(OUTBOX, later)));
    assertThat(counters.stored()).isEqualTo(GatewayQuotas.MOST_OUTBOXES + 1);
  }

  @Test
  void an_outbox_in_use_stays_in_use_beside_invented_ones() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    assertThat(refused(quotas, US, OUTBOX, NOW)).isFalse();
    for (int i = 0; i < 4_000; i++) {
      refused(quotas, US, OutboxId.random(), NOW.plusSeconds(i));
      assertThat(refused(quotas, US, OUTBOX, NOW.plusSeconds(i))).isFalse();
    }
    assertThat(refused(quotas, THEM, OUTBOX, NOW)).isFalse();
  }

  @Test
  void a_gateway_that_never_pauses_is_held_to_a_million_events_a_day() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    assertThat(taken(quotas, NOW)).isEqualTo(GatewayQuotas.MOST_ROWS_FOR_LONG / ROWS);
    assertThat(refused(quotas, THEM, OUTBOX, NOW)).isFalse();
    assertThat(taken(quotas, NOW.plus(Duration.ofDays(1)))).isEqualTo(100);
  }

  @Test
  void what_ingest_has_written_counts_for_long() {
    for (int i = 0; i < GatewayQuotas.MOST_ROWS_FOR_LONG / ROWS; i++) {
      Queue.deliver(handler, List.of(unreadable(1 + (long) i * ROWS)));
    }
    assertThat(observed).isEmpty();
    Queue.deliver(handler, List.of(unreadable(1 + (long) GatewayQuotas.MOST_ROWS_FOR_LONG)));
    assertThat(observed).singleElement().asString().contains("events for long");
  }

  @Test
  void what_could_not_be_written_costs_nothing_of_what_may_come_for_long() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    Addressing about = new Addressing(US, OUTBOX, SeqRange.of(1, ROWS), Optional.empty());
    for (int i = 0; i < 1_000; i++) {
      assertThat(quotas.new Invocation().refusal(US, about, NOW)).isEmpty();
    }
  }

  @Test
  void a_clock_that_ran_ahead_and_is_set_back_leaves_what_may_come_each_day() {
    GatewayQuotas quotas = new GatewayQuotas(QuotaObserver.NONE);
    assertThat(taken(quotas, NOW.plus(Duration.ofDays(400)))).isPositive();
    assertThat(taken(quotas, NOW)).isZero();
    assertThat(taken(quotas, NOW.plus(Duration.ofDays(1)))).isEqualTo(100);
  }

  /// How many full batches are taken at this moment.
  private static int taken(GatewayQuotas quotas, Instant at) {
    Addressing about = new Addressing(US, OUTBOX, SeqRange.of(1, ROWS), Optional.empty());
    int taken = 0;
    while (true) {
      GatewayQuotas.Invocation invocation = quotas.new Invocation();
      if (invocation.refusal(US, about, at).isPresent()) {
        return taken;
      }
      invocation.written();
      taken++;
    }
  }

  private static boolean refused(
      GatewayQuotas quotas, GatewayAddress gateway, OutboxId outbox, Instant at) {
    Addressing about = new Addressing(gateway, outbox, SeqRange.of(1, 1), Optional.empty());
    return quotas.new Invocation().refusal(gateway, about, at).isPresent();
  }

  private List<RejectedRange> rejected() {
    return published.acks(US).stream().flatMap(it -> it.rejected().stream()).toList();
  }

  private static String of(OutboxId outbox, Instant at) {
    EventBatch batch =
        new EventBatch(US, outbox, BatchKind.LIVE, at, Optional.empty(), List.of(event(1, BENCH)));
    return Queue.text(batch, at);
  }

  /// A batch of many events whose columns are nonsense.
  private static String unreadable(long first) {
    String body =
        """
        {"version":2,"gym":"%s","gateway":"%s","outboxId":"%s","kind":"backlog","firstSeq":%d,\
        "lastSeq":%d,"sentAt":%d,"columns":"!"}"""
            .formatted(US.gym(), US.gateway(), OUTBOX, first, first + ROWS - 1, NOW.toEpochMilli());
    return Queue.selected(body, Topics.batches(US));
  }
}
