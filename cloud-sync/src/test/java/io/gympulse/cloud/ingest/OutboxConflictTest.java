package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.BENCH_2;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_2;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.IncidentKind;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.memory.InMemoryIncidents;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.incident.OutboxConflictReports;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A copied outbox: only stored events are acknowledged as stored, whoever sends them.
class OutboxConflictTest {
  private static final SenderId ONE = new SenderId("one");
  private static final SenderId OTHER = new SenderId("other");

  private final InMemoryCloudStore store = TestGyms.store();
  private final RecordingPublisher published = new RecordingPublisher();
  private final InMemoryIncidents incidents = new InMemoryIncidents();
  private final IngestCounters counters = new IngestCounters();
  private final IngestHandler handler =
      new IngestHandler(store, published, Duration.ofMinutes(5), counters)
          .withConflictObserver(
              new OutboxConflictReports(
                  incidents, List.of(new Channel.Email("ops@example.com")), () -> NOW));

  @Test
  void another_event_with_a_stored_number_is_rejected_and_not_shown() {
    deliver(sent(GATEWAY_1, ONE, event(1, BENCH)));
    MachineEvent other = occupied(1, 7);

    deliver(sent(GATEWAY_1, OTHER, other, occupied(2, 8)));

    Acknowledgement answer = published.acks(GATEWAY_1).getLast();
    assertThat(answer.stored()).containsExactly(SeqRange.of(2, 2));
    assertThat(answer.rejected())
        .extracting(RejectedRange::range, RejectedRange::code, RejectedRange::retryable)
        .containsExactly(tuple(SeqRange.of(1, 1), RejectionCode.OUTBOX_CONFLICT, false));
    assertThat(counters.rejected(RejectionCode.OUTBOX_CONFLICT)).isEqualTo(1);
    assertThat(store.events().count()).isEqualTo(2);
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH).orElseThrow().since())
        .isNotEqualTo(other.at());
  }

  @Test
  void two_senders_in_one_invocation_each_get_acknowledgements_of_their_own_events() {
    deliver(sent(GATEWAY_1, ONE, occupied(1, 9)), sent(GATEWAY_1, OTHER, occupied(1, 7)));

    assertThat(published.acks(GATEWAY_1))
        .extracting(it -> it.sender().orElseThrow(), it -> it.stored().size())
        .containsExactlyInAnyOrder(tuple(ONE, 1), tuple(OTHER, 0));
    assertThat(store.events().count()).isEqualTo(1);
  }

  @Test
  void a_thief_of_an_outbox_takes_no_number_from_its_owner() {
    deliver(sent(GATEWAY_1, ONE, event(1, BENCH)));

    deliver(sent(GATEWAY_2, OTHER, event(2, BENCH_2), event(3, BENCH_2)));
    deliver(sent(GATEWAY_1, ONE, event(2, BENCH), event(3, BENCH)));

    assertThat(published.acks(GATEWAY_2).getFirst().stored()).isEmpty();
    assertThat(published.acks(GATEWAY_1).getLast().stored()).containsExactly(SeqRange.of(2, 3));
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 3));
  }

  @Test
  void operators_are_notified_once_per_gateway_and_outbox() {
    deliver(sent(GATEWAY_1, ONE, event(1, BENCH)));
    deliver(sent(GATEWAY_2, OTHER, event(2, BENCH_2)));
    deliver(sent(GATEWAY_2, OTHER, event(2, BENCH_2)));

    List<Incident> due = incidents.due(NOW, 9);
    assertThat(due).extracting(Incident::kind).containsExactly(IncidentKind.OUTBOX_CONFLICT);
    assertThat(due.getFirst().detail()).isEqualTo(OUTBOX.toString());
    assertThat(due.getFirst().onDue(NOW).send()).hasSize(1);
  }

  private static MachineEvent occupied(long seq, int minutesAgo) {
    return new MachineEvent(
        new Sequence(seq),
        BENCH,
        MachineStatus.OCCUPIED,
        Optional.empty(),
        NOW.minus(Duration.ofMinutes(minutesAgo)),
        TimeQuality.SYNCED);
  }

  private static String sent(GatewayAddress from, SenderId sender, MachineEvent... events) {
    return TestQueue.text(
        new EventBatch(
            from,
            OUTBOX,
            BatchKind.LIVE,
            NOW,
            Optional.empty(),
            List.of(events),
            Optional.of(sender)),
        NOW);
  }

  private void deliver(String... bodies) {
    assertThat(TestQueue.deliver(handler, Stream.of(bodies).toList())).isEmpty();
  }
}
