package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.BENCH;
import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.ROWER;
import static io.gympulse.cloud.ingest.Branch.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.state.coverage.Coverage;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.event.StoredEvent;
import io.gympulse.cloud.state.gateway.Gateway;
import io.gympulse.cloud.state.memory.InMemoryCloudStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// How events reach ingest (order, repetition, grouping into batches and invocations) leaves no
/// trace in what is kept.
class AnyDeliveryTest {
  private record Kept(
      List<StoredEvent> events, List<CurrentState> states, List<Coverage> coverage) {}

  @Property(tries = 200)
  void any_order_repetition_and_grouping_keeps_the_same(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll BatchKind kind) {
    List<MachineEvent> events = day(size);
    List<MachineEvent> sent = new ArrayList<>(events);
    LongStream.range(0, size).forEach(_ -> sent.add(events.get(random.nextInt(size))));
    Collections.shuffle(sent, random);

    assertThat(kept(grouped(sent, random, kind)))
        .isEqualTo(kept(List.of(List.of(text(events, kind)))));
  }

  /// Transitions of two machines; some fall on the same millisecond.
  private static List<MachineEvent> day(int size) {
    return LongStream.rangeClosed(1, size)
        .mapToObj(
            seq ->
                Branch.event(
                    seq,
                    seq % 3 == 0 ? ROWER : BENCH,
                    seq % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED,
                    NOW.minusSeconds(1000 - seq / 4)))
        .toList();
  }

  private static List<List<String>> grouped(
      List<MachineEvent> sent, Random random, BatchKind kind) {
    List<List<String>> invocations = new ArrayList<>();
    List<String> invocation = new ArrayList<>();
    int at = 0;
    while (at < sent.size()) {
      int to = Math.min(sent.size(), at + 1 + random.nextInt(7));
      invocation.add(text(sent.subList(at, to), kind));
      at = to;
      if (random.nextInt(3) == 0) {
        invocations.add(List.copyOf(invocation));
        invocation.clear();
      }
    }
    invocations.add(List.copyOf(invocation));
    return invocations;
  }

  private static String text(List<MachineEvent> events, BatchKind kind) {
    TreeSet<MachineEvent> ascending = new TreeSet<>((a, b) -> a.seq().compareTo(b.seq()));
    ascending.addAll(events);
    return Queue.text(
        new EventBatch(US, OUTBOX, kind, NOW, Optional.of(NOW), List.copyOf(ascending)), NOW);
  }

  private static Kept kept(List<List<String>> invocations) {
    try (InMemoryCloudStore store = new InMemoryCloudStore()) {
      Branch.plans().forEach(store.floorPlans()::register);
      Published published = new Published();
      IngestHandler handler =
          new IngestHandler(store, published, Duration.ofMinutes(5), new IngestCounters());
      invocations.forEach(it -> assertThat(Queue.deliver(handler, it)).isEmpty());
      assertThat(acknowledged(published)).isEqualTo(store.events().stored(OUTBOX));
      List<StoredEvent> events = new ArrayList<>();
      store.events().forEach(events::add);
      return new Kept(
          events,
          store.current().ofGym(US.gym()),
          store.gateways().all().stream().map(Gateway::coverage).toList());
    }
  }

  private static List<SeqRange> acknowledged(Published published) {
    return SeqRange.covering(
        published.acks(US).stream()
            .flatMap(it -> it.stored().stream())
            .flatMap(it -> LongStream.rangeClosed(it.first().value(), it.last().value()).boxed())
            .map(Sequence::new)
            .toList());
  }
}
