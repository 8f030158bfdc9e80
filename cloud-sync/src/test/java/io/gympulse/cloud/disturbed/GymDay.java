package io.gympulse.cloud.disturbed;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.codec.StatusReportCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/// The messages of a gym between `begin` and `end`, from a seed: live batches, an
/// outage whose events come later as backlog behind a snapshot, a gateway that was off, a card that
/// was replaced with all that was still on it, machines that report by themselves, heartbeats, and
/// messages that are refused.
final class GymDay {
  static final Instant BEGIN = Instant.parse("2026-10-25T00:07:00Z");
  static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("riverside"), new GatewayId("riverside-gw"));
  static final MachineId REPORTING = new MachineId("bike-9");
  private static final Duration LENGTH = Duration.ofHours(5);
  private static final List<String> CATEGORIES = List.of("bike", "rower");
  private static final int MACHINES = 5;

  private final Random random;
  private final List<String> messages = new ArrayList<>();
  private final Map<MachineId, MachineState> states = new TreeMap<>();
  private final List<MachineEvent> waiting = new ArrayList<>();
  private OutboxId outbox;
  private long seq;

  private GymDay(long seed) {
    this.random = new Random(seed);
    this.outbox = nextOutbox();
  }

  /// The rules' outputs, in the order in which the front door wrote them.
  static List<String> messages(long seed) {
    GymDay day = new GymDay(seed);
    day.run();
    return List.copyOf(day.messages);
  }

  /// A moment by which everything is due.
  static Instant afterwards() {
    return BEGIN.plus(LENGTH).plus(Duration.ofHours(1));
  }

  static FloorPlan plan() {
    Gym gym = new Gym(GATEWAY.gym(), "Riverside", 52, 13, ZoneId.of("Europe/Berlin"));
    List<Machine> machines = new ArrayList<>(machines().stream().map(GymDay::machine).toList());
    machines.add(machine(REPORTING));
    return new FloorPlan(gym, GATEWAY.gateway(), machines);
  }

  private static List<MachineId> machines() {
    return IntStream.range(0, MACHINES)
        .mapToObj(it -> new MachineId(CATEGORIES.get(it % 2) + "-" + it))
        .toList();
  }

  private static Machine machine(MachineId id) {
    String category = id.value().substring(0, id.value().indexOf('-'));
    return new Machine(id, new CategoryId(category), id.value(), 0, 0, List.of());
  }

  private void run() {
    Instant end = BEGIN.plus(LENGTH);
    Instant outage = BEGIN.plus(Duration.ofMinutes(70));
    Instant replaced = BEGIN.plus(Duration.ofMinutes(200));
    start(BEGIN);
    for (Instant now = BEGIN; now.isBefore(end); now = now.plusSeconds(20)) {
      boolean away = !now.isBefore(outage) && now.isBefore(outage.plus(Duration.ofMinutes(35)));
      if (now.equals(outage.plus(Duration.ofMinutes(35)))) {
        comeBack(now);
      }
      if (now.equals(replaced)) {
        replaceCard(now);
      }
      step(now, away);
    }
    send(BatchKind.LIVE, end, waiting.size());
    beat(end);
  }

  private void step(Instant now, boolean away) {
    for (MachineId machine : machines()) {
      if (random.nextInt(12) == 0) {
        change(machine, now.minusMillis(random.nextInt(15_000)));
      }
    }
    if (away) {
      return;
    }
    // Some are only sent, or acknowledged, a moment later.
    send(BatchKind.LIVE, now, random.nextInt(waiting.size() + 1));
    if (now.getEpochSecond() % 60 == 0 || random.nextInt(3) == 0) {
      beat(now);
    }
    if (random.nextInt(40) == 0) {
      snapshot(now);
    }
    if (random.nextInt(30) == 0) {
      report(now);
    }
    if (random.nextInt(60) == 0) {
      refused(now);
    }
  }

  private void start(Instant now) {
    for (MachineId machine : machines()) {
      put(machine, MachineStatus.FREE, Optional.empty(), now);
    }
  }

  private void change(MachineId machine, Instant at) {
    MachineState kept = states.get(machine);
    if (kept == null || !at.isAfter(kept.since())) {
      return;
    }
    int drawn = random.nextInt(10);
    if (drawn == 0 && kept.status() != MachineStatus.UNKNOWN) {
      put(machine, MachineStatus.UNKNOWN, Optional.of(UnknownReason.SENSOR_STUCK), at);
    } else {
      boolean free = kept.status() == MachineStatus.OCCUPIED;
      put(machine, free ? MachineStatus.FREE : MachineStatus.OCCUPIED, Optional.empty(), at);
    }
  }

  private void put(
      MachineId machine, MachineStatus status, Optional<UnknownReason> reason, Instant at) {
    states.put(machine, new MachineState(machine, status, at, reason));
    waiting.add(
        new MachineEvent(new Sequence(++seq), machine, status, reason, at, TimeQuality.SYNCED));
  }

  /// The link is back: the present first, then a live event, then the past in larger batches.
  private void comeBack(Instant now) {
    snapshot(now);
    while (!waiting.isEmpty()) {
      send(BatchKind.BACKLOG, now, 1 + random.nextInt(25));
    }
  }

  /// The last events of the old card reach the cloud only now; nobody watched for a while.
  private void replaceCard(Instant now) {
    send(BatchKind.BACKLOG, now, waiting.size());
    outbox = nextOutbox();
    seq = 0;
    for (MachineId machine : machines()) {
      put(machine, MachineStatus.OCCUPIED, Optional.empty(), now.minusSeconds(random.nextInt(5)));
    }
  }

  private OutboxId nextOutbox() {
    return new OutboxId(new UUID(random.nextLong(), random.nextLong()));
  }

  private void send(BatchKind kind, Instant now, int most) {
    if (waiting.isEmpty() || most == 0) {
      return;
    }
    List<MachineEvent> events = waiting.subList(0, Math.min(most, waiting.size()));
    EventBatch batch =
        new EventBatch(GATEWAY, outbox, kind, now, Optional.empty(), List.copyOf(events));
    events.clear();
    receive(Topics.batches(GATEWAY), BatchCodec.encode(batch), now);
  }

  private void beat(Instant now) {
    Instant settled = now.minusSeconds(15);
    Optional<Instant> coveredTo =
        waiting.stream()
            .map(it -> it.at().minusMillis(1))
            .filter(settled::isAfter)
            .min(Comparator.naturalOrder())
            .or(() -> Optional.of(settled));
    Heartbeat beat = new Heartbeat(GATEWAY, now, coveredTo, waiting.size(), Optional.of(outbox));
    receive(Topics.heartbeat(GATEWAY), HeartbeatCodec.encode(beat), now);
  }

  private void snapshot(Instant now) {
    Snapshot snapshot = new Snapshot(GATEWAY, now, List.copyOf(states.values()));
    receive(Topics.snapshot(GATEWAY), SnapshotCodec.encode(snapshot), now);
  }

  private void report(Instant now) {
    MachineStatus status = random.nextBoolean() ? MachineStatus.FREE : MachineStatus.OCCUPIED;
    StatusReport report = new StatusReport(GATEWAY.gym(), REPORTING, status, now);
    receive(Topics.status(GATEWAY.gym(), REPORTING), StatusReportCodec.encode(report), now);
  }

  /// Malformed, or about a machine that stands on no plan.
  private void refused(Instant now) {
    StatusReport stray =
        new StatusReport(GATEWAY.gym(), new MachineId("stray"), MachineStatus.FREE, now);
    receive(Topics.status(GATEWAY.gym(), stray.machine()), StatusReportCodec.encode(stray), now);
    messages.add(RuleOutputs.selected("{\"version\":7}", Topics.batches(GATEWAY), now));
  }

  private void receive(String topic, byte[] body, Instant now) {
    messages.add(RuleOutputs.selected(body, topic, now.plusMillis(20 + random.nextInt(200))));
  }
}
