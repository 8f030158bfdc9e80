package io.gympulse.cloud.lambda;

import io.gympulse.cloud.aggregate.AggregateHandler;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.ingest.StreamIngestHandler;
import io.gympulse.cloud.lambda.telemetry.JsonLogging;
import io.gympulse.cloud.presence.PresenceSweep;
import io.gympulse.cloud.state.dynamo.CallPolicy;
import io.gympulse.cloud.state.dynamo.Calls;
import io.gympulse.cloud.state.dynamo.DynamoCloudStore;
import io.gympulse.cloud.state.dynamo.Tables;
import io.gympulse.cloud.state.store.CloudStore;
import java.time.Duration;
import java.time.InstantSource;

/// What functions are made of: the handlers on their adapters, built once when a function is
/// initialised.
final class Composition {
  /// What the tables' names begin with, `gym-pulse-` for example.
  static final String TABLE_PREFIX = "GYM_PULSE_TABLE_PREFIX";

  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  private final Environment environment;
  private final AwsClients clients;
  private final InstantSource clock = InstantSource.system();

  /// Of a function's process, whose log lines are JSON from here on.
  static Composition ofProcess() {
    JsonLogging.install();
    return new Composition(Environment.ofProcess());
  }

  Composition(Environment environment) {
    this.environment = environment;
    this.clients = new AwsClients(environment);
  }

  private CloudStore store() {
    Tables tables = new Tables(environment.required(TABLE_PREFIX));
    return new DynamoCloudStore(
        new Calls(clients.dynamoDb(), CallPolicy.standard()), tables, clock);
  }

  IngestHandler ingest(IngestCounters counters) {
    return new IngestHandler(
        store(), new IotDevicePublisher(clients.iotData()), OFFLINE_AFTER, counters);
  }

  StreamIngestHandler streamIngest(IngestCounters counters) {
    return new StreamIngestHandler(
        store(), new IotDevicePublisher(clients.iotData()), OFFLINE_AFTER, counters, clock);
  }

  PresenceSweep sweep() {
    return new PresenceSweep(store().gateways(), OFFLINE_AFTER);
  }

  AggregateHandler aggregate() {
    return new AggregateHandler(AggregateStores.of(store()), clock);
  }

  InstantSource clock() {
    return clock;
  }
}
