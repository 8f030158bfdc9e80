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
import io.gympulse.cloud.aws.dynamo.CapacityMeter;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The cloud's functions on their own tables in DynamoDB Local; counts all billed units.
final class MeteredCloud implements AutoCloseable {
  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  final SettableClock clock = new SettableClock(Traffic.MORNING);
  private final CapacityMeter meter = new CapacityMeter();
  private final AtomicLong acks = new AtomicLong();
  private final DevicePublisher publisher = (_, _) -> acks.incrementAndGet();
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
  MeteredCloud(LocalDynamoDb server, String prefix, List<FloorPlan> plans) {
    this.client =
        server.client(ClientOverrideConfiguration.builder().addExecutionInterceptor(meter).build());
    Tables tables = new Tables(prefix);
    TableCreation.createMissing(client, tables);
    this.store =
        new DynamoCloudStore(new DynamoCalls(client, CallPolicy.standard()), tables, clock);
    this.sweep = new PresenceSweep(store.gateways(), OFFLINE_AFTER);
    AggregateStores stores = AggregateStores.of(store);
    this.planner = new AggregatePlanner(stores, this::enqueue, clock);
    this.worker = new AggregateWorker(stores, clock);
    plans.forEach(store.floorPlans()::register);
    this.writtenBefore = meter.written();
    this.readBefore = meter.read();
  }

  /// Excludes the usage up to now.
  void resetUsage(IngestTransport transport) {
    writtenBefore = meter.written();
    readBefore = meter.read();
    acks.set(0);
    invocationsBefore = transport.invocations();
    putUnitsBefore = transport.putUnits();
  }

  QueueTransport queue(int batchSize) {
    return new QueueTransport(
        new IngestHandler(store, publisher, OFFLINE_AFTER, counters), batchSize);
  }

  StreamTransport stream(int shards) {
    return new StreamTransport(
        new StreamIngestHandler(store, publisher, OFFLINE_AFTER, counters, clock), shards);
  }

  private List<WorkQueue.Unsent> enqueue(List<String> bodies) {
    gateways.addAll(bodies);
    return List.of();
  }

  /// Runs the scheduled functions, with the queue between the two functions of aggregation: one
  /// message per invocation, as messages are rare.
  void runSchedules(Instant now) {
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

  /// The usage of aggregation. It is not in [#usage], as it occurs in bursts each quarter of an
  /// hour.
  Usage aggregation() {
    return Usage.ofStore(aggregationWritten, aggregationRead);
  }

  /// The number of invocations of the aggregation worker, each by one message of a queue.
  long aggregationInvocations() {
    return aggregationInvocations;
  }

  /// @param messages from gateways
  /// @param hours of the simulated time
  Usage usage(IngestTransport transport, long messages, double hours) {
    if (counters.rejected() != 0) {
      throw new IllegalStateException("%d rejected".formatted(counters.rejected()));
    }
    return new Usage(
        messages,
        acks.get(),
        transport.invocations() - invocationsBefore,
        meter.written() - writtenBefore - aggregationWritten,
        meter.read() - readBefore - aggregationRead,
        transport.shards() * hours,
        transport.putUnits() - putUnitsBefore);
  }

  @Override
  public void close() {
    store.close();
    client.close();
  }

  /// The simulated time.
  static final class SettableClock implements InstantSource {
    private volatile Instant now;

    SettableClock(Instant now) {
      this.now = now;
    }

    void set(Instant next) {
      now = next;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
