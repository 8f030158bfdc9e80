package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.InMemoryUplink;
import io.gympulse.process.ProcessClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncLoopTest {
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));
  private final ProcessClock clock = ProcessClock.real();
  private final Outbox outbox = new InMemoryOutbox();
  private final InMemoryUplink uplink = new InMemoryUplink();
  private final AtomicInteger failuresToCome = new AtomicInteger();
  private final AtomicInteger statesToFail = new AtomicInteger();
  private volatile List<MachineState> states = List.of();
  private final SyncLoop loop =
      new SyncLoop(
          new SyncLoop.Sources(ADDRESS, outbox, outbox, this::states, this::coveredTo, clock),
          uplink,
          new SyncSettings(
              Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMinutes(15), 100, 524_288),
          clock,
          RandomGenerator.getDefault());

  @BeforeEach
  void start() {
    loop.start();
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void a_snapshot_is_sent_first_then_events_until_they_are_acknowledged() {
    append();
    uplink.connect();
    await().until(() -> uplink.published().size() >= 3);
    assertThat(uplink.published().get(0).topic()).isEqualTo("org/g/gateways/gw/snapshot");
    assertThat(uplink.published().get(1).topic()).isEqualTo("org/g/gateways/gw/batches");
    assertThat(uplink.published().get(1).body()).contains("\"live\"").contains("coveredTo");
    acknowledge(outbox.id(), 1);
    await().until(() -> outbox.counts().waiting() == 0);
  }

  @Test
  void events_appended_while_connected_are_sent_as_live() {
    uplink.connect();
    await().until(() -> uplink.published().size() == 1);
    append();
    await().until(() -> uplink.published().size() >= 2);
    assertThat(uplink.published().get(1).body()).contains("\"live\"").contains("\"firstSeq\":1");
  }

  @Test
  void unreadable_and_foreign_acknowledgements_change_nothing() {
    append();
    uplink.connect();
    uplink.acknowledge("what?".getBytes(StandardCharsets.UTF_8));
    acknowledge(OutboxId.random(), 1);
    await().until(() -> uplink.published().size() >= 3);
    assertThat(outbox.counts().waiting()).isEqualTo(1);
  }

  @Test
  void a_batch_that_could_not_be_built_is_soon_retried() {
    failuresToCome.set(2);
    append();
    uplink.connect();
    await().until(() -> uplink.published().size() >= 2);
    assertThat(uplink.published().get(1).body()).contains("\"firstSeq\":1");
  }

  @Test
  void events_do_not_wait_for_a_snapshot_that_cannot_be_built() {
    statesToFail.set(1);
    append();
    uplink.connect();
    await().until(() -> uplink.published().size() >= 1);
    assertThat(uplink.published().getFirst().topic()).isEqualTo("org/g/gateways/gw/batches");
    await()
        .until(() -> uplink.published().stream().anyMatch(it -> it.topic().endsWith("snapshot")));
  }

  @Test
  void a_snapshot_is_never_older_than_its_states() {
    Instant since = Instant.ofEpochMilli(clock.instant().plusSeconds(60).toEpochMilli());
    states =
        List.of(
            new MachineState(new MachineId("bike"), MachineStatus.FREE, since, Optional.empty()));
    uplink.connect();
    await().until(() -> !uplink.published().isEmpty());
    String body = uplink.published().getFirst().body();
    assertThat(SnapshotCodec.decode(body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new DecodeResult.Valid<>(new Snapshot(ADDRESS, since, states)));
  }

  @Test
  void acknowledgements_for_another_process_of_the_same_identity_remove_nothing() {
    append();
    uplink.connect();
    await().until(() -> uplink.published().size() >= 2);
    acknowledge(new SenderId("another"), List.of(SeqRange.of(1, 1)), List.of());
    acknowledge(sender(), List.of(), List.of());
    append();
    await().until(() -> uplink.published().size() >= 3);
    assertThat(outbox.counts().waiting()).isEqualTo(2);
    acknowledge(sender(), List.of(SeqRange.of(1, 2)), List.of());
    await().until(() -> outbox.counts().waiting() == 0);
  }

  @Test
  void an_event_with_a_conflict_is_sent_from_a_new_outbox_once_all_sent_events_are_answered() {
    OutboxId before = outbox.id();
    append();
    append();
    uplink.connect();
    await().until(() -> batchesOf(before, 2).isPresent());
    RejectedRange conflict =
        new RejectedRange(
            SeqRange.of(1, 1), RejectionCode.OUTBOX_CONFLICT, "number 1 is in use", false);

    acknowledge(sender(), List.of(), List.of(conflict));
    await().until(outbox::hasConflict);
    append();
    // Its number was reserved with those before, so it may still be sent under its old identity.
    await().until(() -> batchesOf(before, 3).isPresent());
    acknowledge(before, List.of(SeqRange.of(2, 2)));
    assertThat(outbox.id()).isEqualTo(before);
    acknowledge(before, List.of(SeqRange.of(3, 3)));

    await().until(() -> !outbox.id().equals(before));
    await().until(() -> outbox.counts().waiting() > 0 && batchesOf(outbox.id(), 1).isPresent());
    acknowledge(before, List.of(SeqRange.of(1, 9)));
    acknowledge(outbox.id(), List.of(SeqRange.of(1, outbox.counts().recorded())));
    await().until(() -> outbox.counts().waiting() == 0);
  }

  private Optional<EventBatch> batchesOf(OutboxId id, long last) {
    return batches().stream()
        .filter(it -> it.outbox().equals(id) && it.range().last().value() >= last)
        .findFirst();
  }

  private List<EventBatch> batches() {
    return uplink.published().stream()
        .filter(it -> it.topic().endsWith("batches"))
        .map(it -> BatchCodec.decode(it.body().getBytes(StandardCharsets.UTF_8)))
        .map(it -> ((DecodeResult.Valid<EventBatch>) it).value())
        .toList();
  }

  private SenderId sender() {
    return batches().getFirst().sender().orElseThrow();
  }

  private void acknowledge(SenderId to, List<SeqRange> stored, List<RejectedRange> rejected) {
    uplink.acknowledge(
        AcknowledgementCodec.encode(
            new Acknowledgement(ADDRESS, outbox.id(), stored, rejected, Optional.of(to))));
  }

  private void acknowledge(OutboxId id, List<SeqRange> stored) {
    uplink.acknowledge(
        AcknowledgementCodec.encode(
            new Acknowledgement(ADDRESS, id, stored, List.of(), Optional.of(sender()))));
  }

  private List<MachineState> states() {
    if (statesToFail.getAndDecrement() > 0) {
      throw new IllegalStateException("cannot be read");
    }
    return states;
  }

  private Optional<Instant> coveredTo() {
    if (failuresToCome.getAndDecrement() > 0) {
      throw new IllegalStateException("cannot be read");
    }
    return Optional.of(clock.instant());
  }

  private void append() {
    Occurrence occurrence =
        new Occurrence(
            new MachineId("bike"),
            MachineStatus.OCCUPIED,
            Optional.empty(),
            new Stamp(
                new BootId("boot"),
                Duration.ZERO,
                Optional.of(new Stamp.Wall(clock.instant(), TimeQuality.SYNCED))));
    outbox.append(occurrence).join();
    loop.outboxChanged();
  }

  private void acknowledge(OutboxId id, long last) {
    uplink.acknowledge(
        AcknowledgementCodec.encode(
            new Acknowledgement(ADDRESS, id, List.of(SeqRange.of(1, last)), List.of())));
  }
}
