package io.gympulse.edge.sync;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.outbox.OutboxSettings;
import io.gympulse.edge.sync.BatchSync.Input;
import io.gympulse.edge.sync.BatchSync.Output;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.InMemoryUplink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/// An outbox, [BatchSync] and a cloud, connected by a network that loses, duplicates, delays and
/// reorders messages. The cloud rejects some events for good, and the outbox is small enough to
/// coalesce unsent events even between a plan and its sending. In one thread, on a manual clock.
final class UnreliableNetwork {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final long SECOND = 1_000_000_000L;
  private static final SyncSettings SETTINGS =
      new SyncSettings(
          Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100, 524_288);

  private final Random random;
  private final Outbox outbox = new InMemoryOutbox(new OutboxSettings.Limits(150, 40));
  private final BatchSync sync = new BatchSync(SETTINGS);
  private final InMemoryUplink uplink = new InMemoryUplink();
  private final MessagePublisher publisher =
      new MessagePublisher(
          new SyncLoop.Sources(
              new GatewayAddress(new GymId("g"), new GatewayId("gw")),
              outbox,
              outbox,
              List::of,
              Optional::empty,
              InstantSource.fixed(NOON.plusSeconds(1_000_000))),
          uplink);
  private final List<EventBatch> toCloud = new ArrayList<>();
  private final List<Input> toGateway = new ArrayList<>();
  private final List<Sequence> reservations = new ArrayList<>();
  private final Map<Long, MachineEvent> stored = new HashMap<>();
  private final Map<Long, MachineEvent> sent = new HashMap<>();
  private final Set<Long> rejectedForGood = new HashSet<>();
  private final Map<Long, SeqRange> removed = new HashMap<>();
  private final Map<Long, SeqRange> quarantined = new HashMap<>();
  private SyncState state = SyncState.offline(SETTINGS, 0, 0);
  private long now = 0;
  private long reserved = 0;

  UnreliableNetwork(long seed) {
    random = new Random(seed);
    uplink.connect();
  }

  Outbox outbox() {
    return outbox;
  }

  Set<Long> stored() {
    return stored.keySet();
  }

  Set<Long> rejectedForGood() {
    return rejectedForGood;
  }

  Set<Long> removed() {
    return removed.keySet();
  }

  Set<Long> quarantined() {
    return quarantined.keySet();
  }

  /// The numbers that stored or quarantined events stand for.
  ///
  /// @throws AssertionError if two events stand for the same number
  NavigableSet<Long> accountedFor() {
    List<SeqRange> ranges = new ArrayList<>(quarantined.values());
    stored.values().forEach(it -> ranges.add(it.standsFor()));
    NavigableSet<Long> numbers = new TreeSet<>();
    for (SeqRange range : ranges) {
      LongStream.rangeClosed(range.first().value(), range.last().value())
          .forEach(
              it -> {
                if (!numbers.add(it)) {
                  throw new AssertionError("two events stand for " + it);
                }
              });
    }
    return numbers;
  }

  void act(int action) {
    if (action < 30) {
      append(1 + random.nextInt(20));
    } else if (action < 50) {
      arriveAtCloud(random.nextInt(4) == 0, random.nextInt(8) == 0);
    } else if (action < 75) {
      arriveAtGateway(random.nextInt(4) == 0, random.nextInt(4) == 0);
    } else if (action < 85) {
      grant();
    } else if (action < 95) {
      pass(random.nextInt(120));
    } else if (state.connected()) {
      feed(new Input.Disconnected());
    } else {
      connect();
    }
  }

  /// The network recovers; everything is delivered, until nothing is waiting any more.
  void recover() {
    connect();
    for (int i = 0; i < 3_000 && outbox.counts().waiting() > 0; i++) {
      while (!toCloud.isEmpty() || !toGateway.isEmpty() || !reservations.isEmpty()) {
        grant();
        arriveAtCloud(false, false);
        arriveAtGateway(false, false);
      }
      pass(1);
    }
  }

  private void connect() {
    feed(new Input.Connected(outbox.counts().recorded(), outbox.lastReady()));
  }

  private void append(int events) {
    for (int i = 0; i < events; i++) {
      now += random.nextInt(3) * SECOND;
      CompletableFuture<Sequence> appended = outbox.append(occurrence());
      boolean bad = random.nextInt(40) == 0;
      var _ =
          appended.thenAccept(
              it -> {
                if (bad) {
                  rejectedForGood.add(it.value());
                }
                toGateway.add(new Input.Appended(it.value(), outbox.lastReady()));
              });
      while (!toGateway.isEmpty() && toGateway.getLast() instanceof Input.Appended) {
        feed(toGateway.removeLast());
      }
    }
  }

  private Occurrence occurrence() {
    return new Occurrence(
        new MachineId("bike-" + random.nextInt(3)),
        random.nextBoolean() ? MachineStatus.FREE : MachineStatus.OCCUPIED,
        Optional.empty(),
        new Stamp(
            new BootId("boot"),
            Duration.ofNanos(now),
            Optional.of(new Stamp.Wall(NOON.plusNanos(now), TimeQuality.SYNCED))));
  }

  /// A reservation becomes durable.
  private void grant() {
    if (reservations.isEmpty()) {
      return;
    }
    Sequence last = reservations.remove(random.nextInt(reservations.size()));
    outbox.reserve(last).join();
    reserved = Math.max(reserved, last.value());
    feed(new Input.Reserved(last.value()));
  }

  private void arriveAtCloud(boolean lost, boolean clockFault) {
    if (toCloud.isEmpty()) {
      return;
    }
    EventBatch batch = toCloud.remove(random.nextInt(toCloud.size()));
    if (lost) {
      return;
    }
    if (clockFault) {
      reject(batch.range(), RejectionCode.CLOCK_FAULT);
      return;
    }
    List<MachineEvent> bad =
        batch.events().stream().filter(it -> rejectedForGood.contains(it.seq().value())).toList();
    if (!bad.isEmpty() && random.nextBoolean()) {
      reject(batch.range(), RejectionCode.MALFORMED);
      return;
    }
    List<MachineEvent> good = new ArrayList<>(batch.events());
    good.removeAll(bad);
    good.forEach(it -> stored.putIfAbsent(it.seq().value(), it));
    toGateway.add(
        new Input.Acknowledged(
            SeqRange.union(good.stream().map(MachineEvent::standsFor).toList()),
            bad.stream().map(it -> rejected(SeqRange.of(it.seq()))).toList()));
  }

  private static RejectedRange rejected(SeqRange range) {
    return new RejectedRange(range, RejectionCode.UNKNOWN_MACHINE, "no", false);
  }

  private void reject(SeqRange range, RejectionCode code) {
    RejectedRange rejected = new RejectedRange(range, code, "no", code.retryable());
    toGateway.add(new Input.Acknowledged(List.of(), List.of(rejected)));
  }

  private void arriveAtGateway(boolean lost, boolean duplicated) {
    if (toGateway.isEmpty()) {
      return;
    }
    Input input = toGateway.remove(random.nextInt(toGateway.size()));
    if (!lost) {
      feed(input);
    }
    if (duplicated) {
      toGateway.add(input);
    }
  }

  private void pass(int seconds) {
    now += seconds * SECOND;
    feed(new Input.Tick());
  }

  private void feed(Input input) {
    Optional<Input> next = Optional.of(input);
    while (next.isPresent()) {
      BatchSync.Step step = sync.step(state, next.get(), now, random.nextDouble());
      state = step.state();
      next = Optional.empty();
      for (Output output : step.outputs()) {
        switch (output) {
          case Output.Reserve it -> reservations.add(it.last());
          case Output.SendBatch it -> next = Optional.of(send(it.plan()));
          case Output.Remove it -> remove(it.ranges());
          case Output.Quarantine it -> quarantine(it.seq(), it.reason());
          case Output.SendSnapshot _ -> {}
        }
      }
    }
  }

  private void remove(List<SeqRange> ranges) {
    for (MachineEvent event : waiting()) {
      if (ranges.stream().anyMatch(range -> range.contains(event.seq()))) {
        removed.put(event.seq().value(), event.standsFor());
      }
    }
    outbox.acknowledge(ranges).join();
  }

  private void quarantine(Sequence seq, String reason) {
    waiting().stream()
        .filter(it -> it.seq().equals(seq))
        .forEach(it -> quarantined.put(seq.value(), it.standsFor()));
    outbox.quarantine(seq, reason).join();
  }

  private List<MachineEvent> waiting() {
    return outbox.peek(0, Integer.MAX_VALUE);
  }

  private Input send(BatchPlan plan) {
    Input outcome = publisher.send(plan);
    if (outcome instanceof Input.Sent) {
      byte[] body = uplink.published().getLast().body().getBytes(StandardCharsets.UTF_8);
      if (!(BatchCodec.decode(body) instanceof DecodeResult.Valid<EventBatch>(var batch))) {
        throw new AssertionError("a batch that cannot be decoded");
      }
      batch.events().forEach(this::recordSent);
      toCloud.add(batch);
    }
    return outcome;
  }

  private void recordSent(MachineEvent event) {
    if (event.seq().value() > reserved) {
      throw new AssertionError("event %s was sent unreserved".formatted(event.seq()));
    }
    MachineEvent before = sent.putIfAbsent(event.seq().value(), event);
    if (before != null && !before.equals(event)) {
      throw new AssertionError("sent as %s and as %s".formatted(before, event));
    }
  }
}
