package io.gympulse.bench.ingest;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.bench.wire.GymStream;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the machines of some gyms do, in the shapes in which it reaches ingest. The same arguments
/// give the same traffic.
///
/// @param gyms of forty machines each
/// @param events of all gyms together
public record Traffic(int gyms, int events, long seed) {
  /// What a queue hands to one invocation at most.
  public static final int MESSAGES_AT_ONCE = 10;

  /// When it begins.
  public static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

  /// What a gym's machines do in a day.
  public static final int EVENTS_A_DAY = 10_000;

  /// After all traffic, and soon enough that none of it has expired.
  public static final Instant EVENING = Instant.parse("2026-03-03T20:00:00Z");

  private static final int EVENTS_IN_BATCH = 1_000;
  private static final Duration LATENCY = Duration.ofMillis(300);
  private static final Duration OUTAGE = Duration.ofHours(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration VACANCY = Duration.ofSeconds(15);

  // 10,000 events a day
  private static final GymStream STREAM =
      new GymStream(40, Duration.ofSeconds(346), Duration.ofSeconds(346), VACANCY);

  /// An event of one of the gyms.
  private record Happened(int gym, MachineEvent event) {}

  public List<FloorPlan> plans() {
    return IntStream.range(0, gyms).mapToObj(Traffic::plan).toList();
  }

  /// A message per event as it happens.
  ///
  /// @param atOnce messages in an invocation
  public List<List<String>> live(int atOnce) {
    return invocations(
        atOnce,
        happened().stream().map(it -> batch(it.gym(), BatchKind.LIVE, List.of(it.event()))));
  }

  /// What gateways send after an outage: gym after gym.
  public List<List<String>> backlog() {
    return invocations(
        MESSAGES_AT_ONCE,
        IntStream.range(0, gyms)
            .boxed()
            .flatMap(
                gym -> {
                  List<MachineEvent> all = ofGym(gym);
                  return IntStream.iterate(0, i -> i < all.size(), i -> i + EVENTS_IN_BATCH)
                      .mapToObj(i -> all.subList(i, Math.min(i + EVENTS_IN_BATCH, all.size())))
                      .map(some -> batch(gym, BatchKind.BACKLOG, some));
                }));
  }

  /// A message per event as the naive way reads it.
  public List<String> plain() {
    return happened().stream().map(Traffic::status).toList();
  }

  /// Every event as it happens, for as long as the gym with the fewest events goes.
  public Live asItHappens() {
    List<Live.Message> messages =
        happened().stream()
            .map(
                it ->
                    new Live.Message(
                        sentAt(it.event()),
                        it.gym(),
                        it.event(),
                        batch(it.gym(), BatchKind.LIVE, List.of(it.event()))))
            .toList();
    return new Live(messages);
  }

  /// Gyms as their gateways tell of them.
  public record Live(List<Message> messages) {

    /// @param text as a rule passes it on
    public record Message(Instant sentAt, int gym, MachineEvent event, String text) {}

    /// Nothing waits, and what is older than a sensor may take to tell is settled.
    public String heartbeat(int gym, Instant now) {
      Heartbeat heartbeat =
          new Heartbeat(
              address(gym), now, Optional.of(now.minus(VACANCY)), 0, Optional.of(outbox(gym)));
      return queued(HeartbeatCodec.encode(heartbeat), Topics.heartbeat(address(gym)), now);
    }

    /// @param last the last event of each machine
    public String snapshot(int gym, Instant now, Collection<MachineEvent> last) {
      Snapshot snapshot =
          new Snapshot(
              address(gym),
              now,
              last.stream()
                  .map(it -> new MachineState(it.machine(), it.status(), it.at(), it.reason()))
                  .toList());
      return queued(SnapshotCodec.encode(snapshot), Topics.snapshot(address(gym)), now);
    }
  }

  /// What a gym's messages have in common: its partition of a stream.
  public static String key(int gym) {
    return address(gym).gym().value();
  }

  /// Hands messages to a handler as one invocation; every one of them has to be taken.
  public static void deliver(IngestHandler handler, List<String> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(
        IntStream.range(0, messages.size()).mapToObj(i -> message(i, messages.get(i))).toList());
    SQSBatchResponse response = handler.handleRequest(event, null);
    if (!response.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException("messages failed; see the log");
    }
  }

  private static SQSMessage message(int number, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(Integer.toString(number));
    message.setBody(body);
    return message;
  }

  private static OutboxId outbox(int gym) {
    return new OutboxId(new UUID(0, gym));
  }

  /// What was left is told when its sensor says so.
  private static Instant sentAt(MachineEvent event) {
    Duration told = event.status() == MachineStatus.FREE ? LATENCY.plus(VACANCY) : LATENCY;
    return event.at().plus(told);
  }

  private static List<List<String>> invocations(int atOnce, Stream<String> messages) {
    List<String> all = messages.toList();
    return IntStream.iterate(0, i -> i < all.size(), i -> i + atOnce)
        .mapToObj(i -> all.subList(i, Math.min(i + atOnce, all.size())))
        .toList();
  }

  private List<Happened> happened() {
    List<Happened> happened = new ArrayList<>();
    for (int gym = 0; gym < gyms; gym++) {
      for (MachineEvent event : ofGym(gym)) {
        happened.add(new Happened(gym, event));
      }
    }
    happened.sort(Comparator.comparing(it -> sentAt(it.event())));
    return happened;
  }

  private List<MachineEvent> ofGym(int gym) {
    return STREAM.events(seed + gym, events / gyms).stream()
        .map(
            it ->
                new MachineEvent(
                    it.seq(),
                    own(gym, it.machine()),
                    it.status(),
                    it.reason(),
                    it.at(),
                    it.quality()))
        .toList();
  }

  private static FloorPlan plan(int gym) {
    GatewayAddress address = address(gym);
    return new FloorPlan(
        new Gym(address.gym(), "Gym " + gym, 0, 0, ZoneId.of("UTC")),
        address.gateway(),
        STREAM.ids().stream().map(it -> machine(own(gym, it))).toList());
  }

  private static Machine machine(MachineId id) {
    return new Machine(id, category(id), id.value(), 0, 0, List.of());
  }

  /// The kind of machine that its id names.
  private static CategoryId category(MachineId id) {
    return new CategoryId(id.value().split("-", -1)[2]);
  }

  private static MachineId own(int gym, MachineId machine) {
    return new MachineId("g%d-%s".formatted(gym, machine.value()));
  }

  private static GatewayAddress address(int gym) {
    return new GatewayAddress(new GymId("g" + gym), new GatewayId("g%d-gw".formatted(gym)));
  }

  private static String batch(int gym, BatchKind kind, List<MachineEvent> events) {
    // A machine that was left says so late: the last recorded need not be the last that happened.
    Instant last =
        events.stream().map(Traffic::sentAt).max(Comparator.naturalOrder()).orElseThrow();
    Instant sentAt = kind == BatchKind.LIVE ? last : last.plus(OUTAGE);
    EventBatch batch =
        new EventBatch(address(gym), outbox(gym), kind, sentAt, Optional.empty(), events);
    return queued(BatchCodec.encode(batch), Topics.batches(address(gym)), sentAt);
  }

  /// What a topic rule makes of a message.
  private static String queued(byte[] message, String topic, Instant receivedAt) {
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(message);
      return body.put("topic", topic).put("receivedAt", receivedAt.toEpochMilli()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String status(Happened it) {
    MachineEvent event = it.event();
    ObjectNode message = JSON.createObjectNode();
    message.put("machineId", event.machine().value()).put("gymId", "g" + it.gym());
    message.put("category", category(event.machine()).value());
    message.put("status", event.status().wireName());
    return message.put("timestamp", event.at().getEpochSecond()).toString();
  }
}
