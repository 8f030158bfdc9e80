package io.gympulse.edge.sync;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.Decoded;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// An outbox, the sending side and a cloud, joined by a network that loses, doubles, delays and
/// reorders; some events the cloud will never take. All in one thread, on a clock moved by hand.
final class RoughNetwork {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  private final Random random;
  private final Outbox outbox = new InMemoryOutbox();
  private final BatchSync sync =
      new BatchSync(
          new SyncSettings(
              Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100));
  private final BatchLoader loader =
      new BatchLoader(
          outbox,
          new GatewayAddress(new GymId("g"), new GatewayId("gw")),
          InstantSource.fixed(NOON),
          Optional::empty);
  private final List<EventBatch> toCloud = new ArrayList<>();
  private final List<SyncInput> toGateway = new ArrayList<>();
  private final Set<Long> stored = new HashSet<>();
  private final Set<Long> poison = new HashSet<>();
  private final Set<Long> removed = new HashSet<>();
  private final Set<Long> quarantined = new HashSet<>();
  private SyncState state = SyncState.offline(0);
  private long now = 0;

  RoughNetwork(long seed) {
    random = new Random(seed);
  }

  Outbox outbox() {
    return outbox;
  }

  Set<Long> stored() {
    return stored;
  }

  Set<Long> poison() {
    return poison;
  }

  Set<Long> removed() {
    return removed;
  }

  Set<Long> quarantined() {
    return quarantined;
  }

  void act(int action) {
    if (action < 30) {
      append(1 + random.nextInt(20));
    } else if (action < 55) {
      arriveAtCloud(random.nextInt(4) == 0, random.nextInt(8) == 0);
    } else if (action < 80) {
      arriveAtGateway(random.nextInt(4) == 0, random.nextInt(4) == 0);
    } else if (action < 95) {
      pass(random.nextInt(120));
    } else if (state.connected()) {
      feed(new SyncInput.Disconnected());
    } else {
      feed(new SyncInput.Connected(outbox.counts().recorded()));
    }
  }

  /// The network mends; everything is delivered, until nothing moves any more.
  void calm() {
    feed(new SyncInput.Connected(outbox.counts().recorded()));
    for (int i = 0; i < 3_000 && outbox.counts().waiting() > 0; i++) {
      while (!toCloud.isEmpty() || !toGateway.isEmpty()) {
        arriveAtCloud(false, false);
        arriveAtGateway(false, false);
      }
      pass(1);
    }
  }

  private void append(int events) {
    for (int i = 0; i < events; i++) {
      Occurrence occurrence =
          new Occurrence(
              new MachineId("bike"),
              MachineStatus.FREE,
              Optional.empty(),
              new Stamp(
                  new BootId("boot"),
                  Duration.ZERO,
                  Optional.of(new Stamp.Wall(NOON, TimeQuality.SYNCED))));
      long seq = outbox.append(occurrence).join().value();
      if (random.nextInt(40) == 0) {
        poison.add(seq);
      }
      feed(new SyncInput.Appended(seq));
    }
  }

  private void arriveAtCloud(boolean lost, boolean clockFault) {
    if (toCloud.isEmpty()) {
      return;
    }
    EventBatch batch = toCloud.remove(random.nextInt(toCloud.size()));
    if (lost) {
      return;
    }
    List<Long> seqs = batch.events().stream().map(it -> it.seq().value()).toList();
    if (clockFault) {
      answer(batch, RejectionCode.CLOCK_FAULT);
    } else if (seqs.stream().anyMatch(poison::contains)) {
      answer(batch, RejectionCode.UNKNOWN_MACHINE);
    } else {
      stored.addAll(seqs);
      toGateway.add(new SyncInput.Answered(List.of(batch.range()), List.of()));
    }
  }

  private void answer(EventBatch batch, RejectionCode code) {
    RejectedRange rejected = new RejectedRange(batch.range(), code, "no", code.retryable());
    toGateway.add(new SyncInput.Answered(List.of(), List.of(rejected)));
  }

  private void arriveAtGateway(boolean lost, boolean doubled) {
    if (toGateway.isEmpty()) {
      return;
    }
    SyncInput answer = toGateway.remove(random.nextInt(toGateway.size()));
    if (!lost) {
      feed(answer);
    }
    if (doubled) {
      toGateway.add(answer);
    }
  }

  private void pass(int seconds) {
    now += seconds * SECOND;
    feed(new SyncInput.Tick());
  }

  private void feed(SyncInput input) {
    Optional<SyncInput> next = Optional.of(input);
    while (next.isPresent()) {
      SyncStep step = sync.step(state, next.get(), now, random.nextDouble());
      state = step.state();
      next = Optional.empty();
      for (SyncOutput output : step.outputs()) {
        switch (output) {
          case SyncOutput.SendBatch it -> next = Optional.of(send(it.plan()));
          case SyncOutput.Remove it -> {
            for (MachineEvent event : outbox.peek(0, Integer.MAX_VALUE)) {
              if (it.ranges().stream().anyMatch(range -> range.contains(event.seq()))) {
                removed.add(event.seq().value());
              }
            }
            outbox.acknowledge(it.ranges()).join();
          }
          case SyncOutput.Quarantine it -> {
            quarantined.add(it.seq().value());
            outbox.quarantine(it.seq(), it.reason()).join();
          }
          case SyncOutput.SendSnapshot _ -> {}
        }
      }
    }
  }

  private SyncInput send(Plan plan) {
    Optional<LoadedBatch> loaded = loader.load(plan);
    if (loaded.isEmpty()) {
      return new SyncInput.NothingToSend(plan);
    }
    if (!(BatchCodec.decode(loaded.get().body()) instanceof Decoded.Valid<EventBatch>(var batch))) {
      throw new AssertionError("a batch that cannot be decoded");
    }
    toCloud.add(batch);
    return new SyncInput.Sent(plan, loaded.get().range(), loaded.get().body().length);
  }
}
