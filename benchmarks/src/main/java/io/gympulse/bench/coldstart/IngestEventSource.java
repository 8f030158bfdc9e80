package io.gympulse.bench.coldstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.bench.wire.GymEventStream;
import io.gympulse.cloud.aws.dynamo.CallPolicy;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.TableCreation;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Events for the ingest function, from a gym that is registered in the store. Not thread-safe.
final class IngestEventSource {
  static final String TABLE_PREFIX = "gym-pulse-";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GymEventStream gym =
      new GymEventStream(40, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(15));
  private final GatewayAddress gateway =
      new GatewayAddress(new GymId("riverside"), new GatewayId("riverside-gw"));
  private final OutboxId outbox = new OutboxId(UUID.randomUUID());
  private final InstantSource clock = InstantSource.system();
  private long seq;

  private IngestEventSource() {}

  /// Creates the tables and registers the gym's floor plan.
  static IngestEventSource register(LocalDynamoDb store) {
    IngestEventSource source = new IngestEventSource();
    Tables tables = new Tables(TABLE_PREFIX);
    try (DynamoDbClient client = store.client(ClientOverrideConfiguration.builder().build())) {
      TableCreation.createMissing(client, tables);
      DynamoCalls calls = new DynamoCalls(client, CallPolicy.standard());
      try (DynamoCloudStore cloud = new DynamoCloudStore(calls, tables, source.clock)) {
        cloud.floorPlans().register(source.plan());
      }
    }
    return source;
  }

  private FloorPlan plan() {
    return new FloorPlan(
        new Gym(gateway.gym(), "Riverside", 0, 0, ZoneId.of("UTC")),
        gateway.gateway(),
        gym.ids().stream()
            .map(it -> new Machine(it, new CategoryId("bench"), it.value(), 0, 0, List.of()))
            .toList());
  }

  /// The next SQS event: one record with a batch of one live event.
  String next() {
    Instant now = clock.instant();
    MachineEvent event =
        new MachineEvent(
            new Sequence(++seq),
            gym.ids().getFirst(),
            seq % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED,
            Optional.empty(),
            now,
            TimeQuality.SYNCED);
    EventBatch batch =
        new EventBatch(gateway, outbox, BatchKind.LIVE, now, Optional.empty(), List.of(event));
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(BatchCodec.encode(batch));
      body.put("topic", Topics.batches(gateway)).put("receivedAt", now.toEpochMilli());
      ObjectNode queued = JSON.createObjectNode();
      queued
          .putArray("Records")
          .addObject()
          .put("messageId", UUID.randomUUID().toString())
          .put("body", body.toString());
      return queued.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
