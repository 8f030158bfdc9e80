package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.ROWER;
import static io.gympulse.cloud.ingest.TestGyms.UNKNOWN;
import static io.gympulse.cloud.ingest.TestGyms.batch;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.disturbed.FaultyStore;
import io.gympulse.cloud.disturbed.FaultyStore.Moment;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A message that fails is not acknowledged and is delivered again, with the same final result.
class RedeliveryTest {
  private static final List<String> DELIVERY =
      TestQueue.of(batch(event(1, BENCH)), batch(event(2, ROWER), event(3, UNKNOWN)));
  private final StoreUnavailableException away =
      new StoreUnavailableException("the disk is full", null);

  private final IngestCounters counters = new IngestCounters();
  @TempDir Path directory;
  private FaultyStore.Fault fault = FaultyStore.Fault.NONE;
  private CloudStore store;

  @BeforeEach
  void open() {
    store =
        FaultyStore.over(
            SqliteCloudStore.open(directory.resolve("cloud.db")),
            (moment, call) -> {
              if (call.equals("together")) {
                fault.strike(moment, call);
              }
            });
    TestGyms.plans().forEach(store.floorPlans()::register);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nothing_is_acknowledged_while_the_store_is_unavailable() {
    RecordingPublisher published = new RecordingPublisher();
    fault = failing(Moment.BEFORE, away);

    assertThat(TestQueue.deliver(handler(published), DELIVERY)).containsExactly(0, 1);

    assertThat(published.count()).isZero();
    assertThat(store.events().count()).isZero();
    assertThat(counters.failed()).isEqualTo(2);
    fault = FaultyStore.Fault.NONE;
    completes(published);
  }

  @Test
  void a_commit_whose_response_was_lost_is_repeated() {
    RecordingPublisher published = new RecordingPublisher();
    fault = failing(Moment.AFTER, away);

    assertThat(TestQueue.deliver(handler(published), DELIVERY)).containsExactly(0, 1);

    assertThat(published.count()).isZero();
    assertThat(store.events().count()).isEqualTo(2);
    fault = FaultyStore.Fault.NONE;
    completes(published);
  }

  @Test
  void a_message_whose_answer_cannot_be_published_is_delivered_again() {
    RecordingPublisher published = RecordingPublisher.failing(2);

    assertThat(TestQueue.deliver(handler(published), DELIVERY)).containsExactly(0, 1);

    assertThat(published.count()).isZero();
    assertThat(counters.rejected()).isZero();
    completes(published);
  }

  @Test
  void a_message_that_triggers_a_bug_does_not_hold_up_the_others() {
    RecordingPublisher published = new RecordingPublisher();
    // The first write is of both messages, the second of the first one alone.
    FaultyStore.Fault bug = failing(Moment.BEFORE, new IllegalStateException("a bug"));
    int[] writes = new int[1];
    fault =
        (moment, call) -> {
          if (moment == Moment.BEFORE && writes[0]++ < 2) {
            bug.strike(moment, call);
          }
        };

    assertThat(TestQueue.deliver(handler(published), DELIVERY)).containsExactly(0);

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(2, 2));
    assertThat(published.acks(GATEWAY_1)).singleElement().matches(it -> it.rejected().size() == 1);
  }

  @Test
  void a_failure_says_why() {
    RecordingPublisher published = new RecordingPublisher();
    fault = failing(Moment.BEFORE, away);
    assertThat(reasons(handler(published)))
        .containsOnly("StoreUnavailableException: the disk is full");

    fault = FaultyStore.Fault.NONE;
    assertThat(reasons(handler(RecordingPublisher.failing(2))))
        .hasSize(2)
        .allMatch(it -> it.startsWith("the answer could not be published: "));
  }

  private static List<String> reasons(IngestHandler handler) {
    return handler.handleRequest(TestQueue.event(DELIVERY), null).getBatchItemFailures().stream()
        .map(it -> ((ExplainedFailure) it).reason())
        .toList();
  }

  private static FaultyStore.Fault failing(Moment when, RuntimeException failure) {
    return (moment, _) -> {
      if (moment == when) {
        throw failure;
      }
    };
  }

  private void completes(RecordingPublisher published) {
    assertThat(TestQueue.deliver(handler(published), DELIVERY)).isEmpty();
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 2));
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH)).isPresent();
    assertThat(store.gateways().all()).singleElement().matches(it -> it.presence().isPresent());
    assertThat(published.acks(GATEWAY_1))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.stored()).containsExactly(SeqRange.of(1, 2));
              assertThat(it.rejected()).hasSize(1);
            });
    assertThat(published.errors()).hasSize(1);
    assertThat(counters.rejected(RejectionCode.UNKNOWN_MACHINE)).isEqualTo(1);
  }

  private IngestHandler handler(RecordingPublisher published) {
    return new IngestHandler(store, published, Duration.ofMinutes(5), counters);
  }
}
