package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.ROWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.event.HistoryEntry;
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
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// How messages reach ingest (order, repetition, grouping into batches and invocations, by which
/// path, through failures of any single write or publication) does not change what is stored.
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
    BooleanSupplier fails = () -> random.nextInt(8) == 0 && failures[0]++ < 50;

    assertThat(kept(arriving(events, kind, random), random, fails))
        .isEqualTo(kept(plainly(events, kind), new Random(0), () -> false));
  }

  /// Transitions of two machines; some fall on the same millisecond.
  private static List<MachineEvent> day(int size) {
    return LongStream.rangeClosed(1, size)
        .mapToObj(
            seq ->
                TestGyms.event(
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
    return TestQueue.text(
        new Heartbeat(GATEWAY_1, NOW, Optional.of(coveredTo), 0, Optional.of(OUTBOX)), NOW);
  }

  private static String report(MachineStatus status, int secondsAgo) {
    return TestQueue.text(
        new StatusReport(GATEWAY_1.gym(), BENCH, status, NOW.minusSeconds(secondsAgo)), NOW);
  }

  private static String text(List<MachineEvent> events, BatchKind kind) {
    TreeSet<MachineEvent> ascending = new TreeSet<>((a, b) -> a.seq().compareTo(b.seq()));
    ascending.addAll(events);
    return TestQueue.text(
        new EventBatch(GATEWAY_1, OUTBOX, kind, NOW, Optional.of(NOW), List.copyOf(ascending)),
        NOW);
  }

  private static Kept kept(List<List<String>> invocations, Random random, BooleanSupplier fails) {
    try (InMemoryCloudStore store = TestGyms.store()) {
      RecordingPublisher published = new RecordingPublisher();
      IngestPaths paths =
          new IngestPaths(
              FaultyStore.over(store, failing(fails)),
              (topic, payload) -> {
                if (fails.getAsBoolean()) {
                  throw new IllegalStateException("the broker failed");
                }
                published.publish(topic, payload);
              });
      for (List<String> invocation : invocations) {
        List<String> left = invocation;
        while (!left.isEmpty()) {
          left = paths.failed(left, random);
        }
      }
      assertThat(acknowledged(published)).isEqualTo(store.events().stored(OUTBOX));
      return kept(store);
    }
  }

  /// Any single write may fail, before it is done or after.
  private static FaultyStore.Fault failing(BooleanSupplier fails) {
    return (_, call) -> {
      if (WRITES.contains(call) && fails.getAsBoolean()) {
        throw new StoreUnavailableException("failsd", null);
      }
    };
  }

  private static Kept kept(CloudStore store) {
    List<StoredEvent> events = new ArrayList<>();
    store.events().forEach(events::add);
    return new Kept(
        events,
        store.events().history(BENCH, NOW.minus(Duration.ofDays(1)), NOW),
        Stream.of(BENCH, ROWER)
            .flatMap(it -> store.current().find(GATEWAY_1.gym(), it).stream())
            .toList(),
        store.gateways().all().stream().map(Gateway::coverage).toList());
  }

  private static List<SeqRange> acknowledged(RecordingPublisher published) {
    return SeqRange.covering(
        published.acks(GATEWAY_1).stream()
            .flatMap(it -> it.stored().stream())
            .flatMap(it -> LongStream.rangeClosed(it.first().value(), it.last().value()).boxed())
            .map(Sequence::new)
            .toList());
  }
}
