package io.gympulse.cloud.lambda;

import io.gympulse.cloud.aws.client.AwsServices;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.broadcast.StreamHandler;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.ingest.RuleIngestHandler;
import io.gympulse.cloud.ingest.StreamIngestHandler;
import io.gympulse.cloud.lambda.telemetry.JsonLogging;
import io.gympulse.cloud.presence.PresenceSweep;
import java.time.Duration;
import java.time.InstantSource;

/// Creates the handlers with their adapters, once when a function is initialised.
final class Composition {
  /// Set by Lambda.
  static final String REGION = "AWS_REGION";

  /// The account's data endpoint, `https://...-ats.iot.REGION.amazonaws.com`.
  static final String IOT_ENDPOINT = "GYM_PULSE_IOT_ENDPOINT";

  /// The SDK's own name; for stores that are not AWS's.
  static final String DYNAMODB_ENDPOINT = "AWS_ENDPOINT_URL_DYNAMODB";

  /// The prefix of the tables' names, for example `gym-pulse-`.
  static final String TABLE_PREFIX = "GYM_PULSE_TABLE_PREFIX";

  /// `true`: gateways' measurements of themselves are stored as metric points.
  static final String GATEWAY_METRICS = "GYM_PULSE_GATEWAY_METRICS";

  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  private final Environment environment;
  private final AwsServices services;
  private final InstantSource clock = InstantSource.system();

  /// For a function's process. Switches its log to JSON.
  static Composition ofProcess() {
    JsonLogging.install();
    return new Composition(Environment.ofProcess());
  }

  Composition(Environment environment) {
    this(environment, AwsServices.ofProcess(environment.required(REGION)));
  }

  Composition(Environment environment, AwsServices services) {
    this.environment = environment;
    this.services = services;
  }

  /// Creates a store with a client of its own: to be called once.
  DynamoCloudStore store() {
    return services.store(environment.optional(DYNAMODB_ENDPOINT), tables(), clock);
  }

  Tables tables() {
    return new Tables(environment.required(TABLE_PREFIX));
  }

  IngestHandler ingest(IngestCounters counters) {
    Warmup.start();
    DynamoCloudStore store = store();
    IngestHandler handler = new IngestHandler(store, publisher(), OFFLINE_AFTER, counters);
    return keepsMetrics() ? handler.withMetrics(store.metricPoints()) : handler;
  }

  RuleIngestHandler ingestRule(IngestCounters counters) {
    Warmup.start();
    DynamoCloudStore store = store();
    RuleIngestHandler handler = new RuleIngestHandler(store, publisher(), OFFLINE_AFTER, counters);
    return keepsMetrics() ? handler.withMetrics(store.metricPoints()) : handler;
  }

  StreamIngestHandler ingestStream(IngestCounters counters) {
    Warmup.start();
    DynamoCloudStore store = store();
    StreamIngestHandler handler =
        new StreamIngestHandler(store, publisher(), OFFLINE_AFTER, counters, clock);
    return keepsMetrics() ? handler.withMetrics(store.metricPoints()) : handler;
  }

  /// @throws IllegalStateException if the endpoint of IoT's data plane is missing
  DevicePublisher publisher() {
    return services.devicePublisher(environment.required(IOT_ENDPOINT));
  }

  private boolean keepsMetrics() {
    return environment.flag(GATEWAY_METRICS);
  }

  PresenceSweep sweep() {
    return new PresenceSweep(store().gateways(), OFFLINE_AFTER);
  }

  StreamHandler stream() {
    return new StreamHandler(store().connections(), clock);
  }

  Environment environment() {
    return environment;
  }

  AwsServices services() {
    return services;
  }

  InstantSource clock() {
    return clock;
  }
}
