package io.gympulse.bench.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.bench.wire.GymStream;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineEvent;
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
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/// What the machines of some gyms do, in the shapes in which it reaches ingest. The same arguments
/// give the same traffic.
///
/// @param gyms of forty machines each
/// @param events of all gyms together
record Traffic(int gyms, int events, long seed) {
  /// What a queue hands to one invocation at most.
  static final int MESSAGES_AT_ONCE = 10;

  private static final int EVENTS_IN_BATCH = 1_000;
  private static final Duration LATENCY = Duration.ofMillis(300);
  private static final Duration OUTAGE = Duration.ofHours(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GymStream STREAM =
      new GymStream(40, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(15));

  /// An event of one of the gyms.
  private record Happened(int gym, MachineEvent event) {}

  List<FloorPlan> plans() {
    return IntStream.range(0, gyms).mapToObj(Traffic::plan).toList();
  }

  /// A message per event as it happens, in invocations of what a queue collects at most.
  List<List<String>> live() {
    return invocations(
        happened().stream().map(it -> batch(it.gym(), BatchKind.LIVE, List.of(it.event()))));
  }

  /// What gateways send after an outage: gym after gym.
  List<List<String>> backlog() {
    return invocations(
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
  List<String> plain() {
    return happened().stream().map(Traffic::status).toList();
  }

  private static List<List<String>> invocations(java.util.stream.Stream<String> messages) {
    List<String> all = messages.toList();
    return IntStream.iterate(0, i -> i < all.size(), i -> i + MESSAGES_AT_ONCE)
        .mapToObj(i -> all.subList(i, Math.min(i + MESSAGES_AT_ONCE, all.size())))
        .toList();
  }

  private List<Happened> happened() {
    List<Happened> happened = new ArrayList<>();
    for (int gym = 0; gym < gyms; gym++) {
      for (MachineEvent event : ofGym(gym)) {
        happened.add(new Happened(gym, event));
      }
    }
    happened.sort(Comparator.comparing(it -> it.event().at()));
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
    Duration later = kind == BatchKind.LIVE ? LATENCY : OUTAGE;
    // A machine that was left says so late, so the last recorded need not be the last that
    // happened.
    Instant last =
        events.stream().map(MachineEvent::at).max(Comparator.naturalOrder()).orElseThrow();
    Instant sentAt = last.plus(later);
    EventBatch batch =
        new EventBatch(
            address(gym), new OutboxId(new UUID(0, gym)), kind, sentAt, Optional.empty(), events);
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(BatchCodec.encode(batch));
      body.put("topic", Topics.batches(address(gym)));
      return body.put("receivedAt", sentAt.toEpochMilli()).toString();
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
