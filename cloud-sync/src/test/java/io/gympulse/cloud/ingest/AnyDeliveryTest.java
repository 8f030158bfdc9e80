package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.BENCH;
import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.ROWER;
import static io.gympulse.cloud.ingest.Branch.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.StoredEvent;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.disturbed.FaultyStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// How messages reach ingest (order, repetition, grouping into batches and invocations, by which
/// door, through failures of any single write or answer) leaves no trace in what is kept.
class AnyDeliveryTest {
  private static final Set<String> WRITES = Set.of("store", "offer", "replace");

  private record Kept(
      List<StoredEvent> events,
      List<HistoryEntry> history,
      List<CurrentState> states,
      List<Coverage> coverage) {}

  @Property(tries = 200)
  void any_order_repetition_and_grouping_keeps_the_same(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll BatchKind kind) {
    List<MachineEvent> events = day(size);

    assertThat(kept(arriving(events, kind, random), random, () -> false))
        .isEqualTo(kept(plainly(events, kind), new Random(0), () -> false));
  }

  @Property(tries = 200)
  void failures_in_the_middle_keep_the_same(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll BatchKind kind) {
    List<MachineEvent> events = day(size);
    int[] failures = new int[1];
    BooleanSupplier stumble = () -> random.nextInt(8) == 0 && failures[0]++ < 50;

    assertThat(kept(arriving(events, kind, random), random, stumble))
        .isEqualTo(kept(plainly(events, kind), new Random(0), () -> false));
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

  /// Each message once, in order, in one invocation.
  private static List<List<String>> plainly(List<MachineEvent> events, BatchKind kind) {
    List<String> all = new ArrayList<>(List.of(text(events, kind)));
    all.addAll(heartbeatsAndReports());
    return List.of(all);
  }

  private static List<List<String>> arriving(
      List<MachineEvent> events, BatchKind kind, Random random) {
    List<MachineEvent> sent = new ArrayList<>(events);
    LongStream.range(0, events.size())
        .forEach(_ -> sent.add(events.get(random.nextInt(events.size()))));
    Collections.shuffle(sent, random);
    List<String> messages = new ArrayList<>(heartbeatsAndReports());
    messages.addAll(heartbeatsAndReports());
    for (int at = 0; at < sent.size(); ) {
      int to = Math.min(sent.size(), at + 1 + random.nextInt(7));
      messages.add(text(sent.subList(at, to), kind));
      at = to;
    }
    Collections.shuffle(messages, random);
    List<List<String>> invocations = new ArrayList<>();
    for (int at = 0; at < messages.size(); ) {
      int to = Math.min(messages.size(), at + 1 + random.nextInt(4));
      invocations.add(List.copyOf(messages.subList(at, to)));
      at = to;
    }
    return invocations;
  }

  private static List<String> heartbeatsAndReports() {
    return List.of(
        heartbeat(NOW.minusSeconds(300)),
        heartbeat(NOW.minusSeconds(30)),
        report(MachineStatus.OCCUPIED, 997),
        report(MachineStatus.FREE, 997),
        report(MachineStatus.OCCUPIED, 500));
  }

  private static String heartbeat(Instant coveredTo) {
    return Queue.text(new Heartbeat(US, NOW, Optional.of(coveredTo), 0, Optional.of(OUTBOX)), NOW);
  }

  private static String report(MachineStatus status, int secondsAgo) {
    return Queue.text(new StatusReport(US.gym(), BENCH, status, NOW.minusSeconds(secondsAgo)), NOW);
  }

  private static String text(List<MachineEvent> events, BatchKind kind) {
    TreeSet<MachineEvent> ascending = new TreeSet<>((a, b) -> a.seq().compareTo(b.seq()));
    ascending.addAll(events);
    return Queue.text(
        new EventBatch(US, OUTBOX, kind, NOW, Optional.of(NOW), List.copyOf(ascending)), NOW);
  }

  private static Kept kept(List<List<String>> invocations, Random random, BooleanSupplier stumble) {
    try (InMemoryCloudStore store = Branch.store()) {
      Published published = new Published();
      Doors doors =
          new Doors(
              FaultyStore.over(store, stumbling(stumble)),
              (topic, payload) -> {
                if (stumble.getAsBoolean()) {
                  throw new IllegalStateException("the broker stumbled");
                }
                published.publish(topic, payload);
              });
      for (List<String> invocation : invocations) {
        List<String> left = invocation;
        while (!left.isEmpty()) {
          left = doors.failed(left, random);
        }
      }
      assertThat(acknowledged(published)).isEqualTo(store.events().stored(OUTBOX));
      return kept(store);
    }
  }

  /// Any single write may fail, before it is done or after.
  private static FaultyStore.Fault stumbling(BooleanSupplier stumble) {
    return (_, call) -> {
      if (WRITES.contains(call) && stumble.getAsBoolean()) {
        throw new StoreUnavailableException("stumbled", null);
      }
    };
  }

  private static Kept kept(CloudStore store) {
    List<StoredEvent> events = new ArrayList<>();
    store.events().forEach(events::add);
    return new Kept(
        events,
        store.events().history(BENCH, NOW.minus(Duration.ofDays(1)), NOW),
        store.current().ofGym(US.gym()),
        store.gateways().all().stream().map(Gateway::coverage).toList());
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
