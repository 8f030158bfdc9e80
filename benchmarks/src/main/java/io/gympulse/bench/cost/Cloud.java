package io.gympulse.bench.cost;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.bench.ingest.Traffic;
import io.gympulse.cloud.aggregate.AggregatePlanner;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.aggregate.AggregateWorker;
import io.gympulse.cloud.aws.dynamo.CallPolicy;
import io.gympulse.cloud.aws.dynamo.Calls;
import io.gympulse.cloud.aws.dynamo.CapacityMeter;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.TableCreation;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.ingest.StreamIngestHandler;
import io.gympulse.cloud.presence.PresenceSweep;
import io.gympulse.contract.floorplan.FloorPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions on tables of their own in DynamoDB Local, with everything counted that is paid
/// for.
final class Cloud implements AutoCloseable {
  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  final SettableClock clock = new SettableClock(Traffic.MORNING);
  private final CapacityMeter meter = new CapacityMeter();
  private final AtomicLong answers = new AtomicLong();
  private final DevicePublisher publisher = (_, _) -> answers.incrementAndGet();
  private final IngestCounters counters = new IngestCounters();
  private final DynamoDbClient client;
  private final DynamoCloudStore store;
  private final PresenceSweep sweep;
  private final AggregatePlanner planner;
  private final AggregateWorker worker;
  private final List<String> gateways = new ArrayList<>();
  private double writtenBefore;
  private double readBefore;
  private double aggregationWritten;
  private double aggregationRead;
  private long aggregationInvocations;
  private long invocationsBefore;
  private long putUnitsBefore;

  /// @param prefix of the tables' names
  Cloud(LocalDynamoDb server, String prefix, List<FloorPlan> plans) {
    this.client =
        server.client(ClientOverrideConfiguration.builder().addExecutionInterceptor(meter).build());
    Tables tables = new Tables(prefix);
    TableCreation.createMissing(client, tables);
    this.store = new DynamoCloudStore(new Calls(client, CallPolicy.standard()), tables, clock);
    this.sweep = new PresenceSweep(store.gateways(), OFFLINE_AFTER);
    AggregateStores stores = AggregateStores.of(store);
    this.planner = new AggregatePlanner(stores, this::queue, clock);
    this.worker = new AggregateWorker(stores, clock);
    plans.forEach(store.floorPlans()::register);
    this.writtenBefore = meter.written();
    this.readBefore = meter.read();
  }

  /// What was used up until now does not count.
  void forget(Door door) {
    writtenBefore = meter.written();
    readBefore = meter.read();
    answers.set(0);
    invocationsBefore = door.invocations();
    putUnitsBefore = door.putUnits();
  }

  QueueDoor queue(int atOnce) {
    return new QueueDoor(new IngestHandler(store, publisher, OFFLINE_AFTER, counters), atOnce);
  }

  StreamDoor stream(int shards) {
    return new StreamDoor(
        new StreamIngestHandler(store, publisher, OFFLINE_AFTER, counters, clock), shards);
  }

  private List<WorkQueue.Unsent> queue(List<String> bodies) {
    gateways.addAll(bodies);
    return List.of();
  }

  /// What the schedules call, with the queue between the two functions of aggregation: each message
  /// alone in its invocation, as they come seldom.
  void eachMinute(Instant now) {
    sweep.sweep(now);
    planner.handleRequest(new ScheduledEvent(), null);
    double written = meter.written();
    double read = meter.read();
    for (String gateway : gateways) {
      SQSMessage message = new SQSMessage();
      message.setMessageId(gateway);
      message.setBody(gateway);
      SQSEvent event = new SQSEvent();
      event.setRecords(List.of(message));
      if (!worker.handleRequest(event, null).getBatchItemFailures().isEmpty()) {
        throw new IllegalStateException("aggregation of %s failed".formatted(gateway));
      }
      aggregationInvocations++;
    }
    gateways.clear();
    aggregationWritten += meter.written() - written;
    aggregationRead += meter.read() - read;
  }

  /// What aggregation took, which is not in [#usage]: it comes in spurts, each quarter of an hour.
  Usage aggregation() {
    return Usage.ofStore(aggregationWritten, aggregationRead);
  }

  /// How often the worker of aggregation was invoked, each time by a message of a queue.
  long aggregationInvocations() {
    return aggregationInvocations;
  }

  /// @param messages from gateways
  /// @param hours it took
  Usage usage(Door door, long messages, double hours) {
    if (counters.rejected() != 0) {
      throw new IllegalStateException("%d rejected".formatted(counters.rejected()));
    }
    return new Usage(
        messages,
        answers.get(),
        door.invocations() - invocationsBefore,
        meter.written() - writtenBefore - aggregationWritten,
        meter.read() - readBefore - aggregationRead,
        door.shards() * hours,
        door.putUnits() - putUnitsBefore);
  }

  @Override
  public void close() {
    store.close();
    client.close();
  }
}
