package io.gympulse.bench.ingest;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.bench.wire.GymEventStream;
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

/// Generated events of some gyms, as messages to ingest. The same arguments give the same
/// traffic.
///
/// @param gyms of forty machines each
/// @param events of all gyms together
public record Traffic(int gyms, int events, long seed) {
  /// The maximum number of messages per invocation from a queue.
  public static final int MESSAGES_PER_INVOCATION = 10;

  /// The start of the traffic.
  public static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

  /// Events of a gym per day.
  public static final int EVENTS_A_DAY = 10_000;

  /// After all traffic, and early enough that no event has expired.
  public static final Instant EVENING = Instant.parse("2026-03-03T20:00:00Z");

  private static final int EVENTS_IN_BATCH = 1_000;
  private static final Duration LATENCY = Duration.ofMillis(300);
  private static final Duration OUTAGE = Duration.ofHours(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration VACANCY = Duration.ofSeconds(15);

  // 10,000 events a day
  private static final GymEventStream STREAM =
      new GymEventStream(40, Duration.ofSeconds(346), Duration.ofSeconds(346), VACANCY);

  private record GymEvent(int gym, MachineEvent event) {}

  public List<FloorPlan> plans() {
    return IntStream.range(0, gyms).mapToObj(Traffic::plan).toList();
  }

  /// Invocations with one live event per message.
  ///
  /// @param perInvocation messages per invocation
  public List<List<String>> live(int perInvocation) {
    return invocations(
        perInvocation,
        gymEvents().stream().map(it -> batch(it.gym(), BatchKind.LIVE, List.of(it.event()))));
  }

  /// Invocations with the backlogs of all gateways after an outage, one gym after the other.
  public List<List<String>> backlog() {
    return invocations(
        MESSAGES_PER_INVOCATION,
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

  /// One message per event in the format of the naive ingest.
  public List<String> naiveMessages() {
    return gymEvents().stream().map(Traffic::status).toList();
  }

  /// Every event with its sending time, up to the end of the gym with the fewest events.
  public Live liveMessages() {
    List<Live.Message> messages =
        gymEvents().stream()
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

  /// Messages of the gyms' gateways.
  public record Live(List<Message> messages) {

    /// @param text as a topic rule forwards it
    public record Message(Instant sentAt, int gym, MachineEvent event, String text) {}

    /// A heartbeat with an empty outbox, and coverage up to the sensors' detection delay.
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

  /// The partition key of a gym's messages in a stream.
  public static String partitionKey(int gym) {
    return address(gym).gym().value();
  }

  /// Invokes a handler with messages; none of them may fail.
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

  /// A free status is sent when the sensor has detected it.
  private static Instant sentAt(MachineEvent event) {
    Duration delay = event.status() == MachineStatus.FREE ? LATENCY.plus(VACANCY) : LATENCY;
    return event.at().plus(delay);
  }

  private static List<List<String>> invocations(int perInvocation, Stream<String> messages) {
    List<String> all = messages.toList();
    return IntStream.iterate(0, i -> i < all.size(), i -> i + perInvocation)
        .mapToObj(i -> all.subList(i, Math.min(i + perInvocation, all.size())))
        .toList();
  }

  private List<GymEvent> gymEvents() {
    List<GymEvent> result = new ArrayList<>();
    for (int gym = 0; gym < gyms; gym++) {
      for (MachineEvent event : ofGym(gym)) {
        result.add(new GymEvent(gym, event));
      }
    }
    result.sort(Comparator.comparing(it -> sentAt(it.event())));
    return result;
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

  /// The category in a machine's id.
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
    // Free statuses are detected late, so the last recorded event may not be the last by time.
    Instant last =
        events.stream().map(Traffic::sentAt).max(Comparator.naturalOrder()).orElseThrow();
    Instant sentAt = kind == BatchKind.LIVE ? last : last.plus(OUTAGE);
    EventBatch batch =
        new EventBatch(address(gym), outbox(gym), kind, sentAt, Optional.empty(), events);
    return queued(BatchCodec.encode(batch), Topics.batches(address(gym)), sentAt);
  }

  /// A message as a topic rule forwards it.
  private static String queued(byte[] message, String topic, Instant receivedAt) {
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(message);
      return body.put("topic", topic).put("receivedAt", receivedAt.toEpochMilli()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String status(GymEvent it) {
    MachineEvent event = it.event();
    ObjectNode message = JSON.createObjectNode();
    message.put("machineId", event.machine().value()).put("gymId", "g" + it.gym());
    message.put("category", category(event.machine()).value());
    message.put("status", event.status().wireName());
    return message.put("timestamp", event.at().getEpochSecond()).toString();
  }
}
