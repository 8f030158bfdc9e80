package io.gympulse.bench.cost;

import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.bench.ingest.Traffic;
import io.gympulse.bench.ingest.Traffic.Live;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.aggregate.Aggregator;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.presence.PresenceSweep;
import io.gympulse.cloud.state.dynamo.CallPolicy;
import io.gympulse.cloud.state.dynamo.Calls;
import io.gympulse.cloud.state.dynamo.CapacityMeter;
import io.gympulse.cloud.state.dynamo.DynamoCloudStore;
import io.gympulse.cloud.state.dynamo.TableCreation;
import io.gympulse.cloud.state.dynamo.Tables;
import io.gympulse.contract.id.GatewayId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Runs a gym's hours through the handlers on DynamoDB Local, each message alone in its invocation,
/// with a heartbeat, a sweep and an aggregation each minute, and counts.
final class GymHours {
  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  private final CapacityMeter meter = new CapacityMeter();
  private final DynamoDbClient client;
  private final Tables tables;
  private long messages;
  private long answers;
  private long invocations;

  GymHours(LocalDynamoDb server, String prefix) {
    ClientOverrideConfiguration settings =
        ClientOverrideConfiguration.builder().addExecutionInterceptor(meter).build();
    this.client = server.client(settings);
    this.tables = new Tables(prefix);
    TableCreation.createMissing(client, tables);
  }

  /// As things happen.
  Usage live(Traffic traffic) {
    return run(
        traffic,
        (store, ingest) -> {
          Aggregator aggregator = new Aggregator(AggregateStores.of(store));
          PresenceSweep sweep = new PresenceSweep(store.gateways(), OFFLINE_AFTER);
          Live live = traffic.asItHappens();
          GatewayId gateway = traffic.plans().getFirst().gateway();
          Instant minute = live.start();
          for (Live.Message it : live.messages()) {
            while (it.sentAt().isAfter(minute.plus(Duration.ofMinutes(1)))) {
              minute = minute.plus(Duration.ofMinutes(1));
              take(ingest, List.of(live.heartbeat(minute)));
              sweep.sweep(minute);
              aggregator.aggregate(gateway, minute);
            }
            take(ingest, List.of(it.text()));
          }
        });
  }

  /// After an outage.
  Usage backlog(Traffic traffic) {
    return run(
        traffic, (_, ingest) -> traffic.backlog().forEach(messages -> take(ingest, messages)));
  }

  private interface Play {
    void on(DynamoCloudStore store, IngestHandler ingest);
  }

  private Usage run(Traffic traffic, Play play) {
    InstantSource clock = InstantSource.fixed(Traffic.EVENING);
    Calls calls = new Calls(client, CallPolicy.standard());
    try (DynamoCloudStore store = new DynamoCloudStore(calls, tables, clock)) {
      traffic.plans().forEach(store.floorPlans()::register);
      IngestHandler ingest =
          new IngestHandler(store, (_, _) -> answers++, OFFLINE_AFTER, new IngestCounters());
      double written = meter.written();
      double read = meter.read();
      play.on(store, ingest);
      return new Usage(
          messages, answers, invocations, meter.written() - written, meter.read() - read);
    }
  }

  private void take(IngestHandler ingest, List<String> texts) {
    Traffic.deliver(ingest, texts);
    messages += texts.size();
    invocations++;
  }
}
