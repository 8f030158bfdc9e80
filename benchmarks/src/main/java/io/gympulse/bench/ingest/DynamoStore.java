package io.gympulse.bench.ingest;

import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.bench.ingest.naive.DynamoTables;
import io.gympulse.bench.ingest.naive.Tables;
import io.gympulse.cloud.aws.dynamo.CallPolicy;
import io.gympulse.cloud.aws.dynamo.Calls;
import io.gympulse.cloud.aws.dynamo.CapacityMeter;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.TableCreation;
import io.gympulse.cloud.core.store.CloudStore;
import java.time.InstantSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// DynamoDB Local, a process of its own; its calls are metered.
final class DynamoStore implements Store {
  private final DynamoDbClient client;
  private final CapacityMeter meter;
  private int prefixes;

  DynamoStore(LocalDynamoDb server) {
    this.meter = new CapacityMeter();
    this.client =
        server.client(ClientOverrideConfiguration.builder().addExecutionInterceptor(meter).build());
  }

  /// Of all calls so far.
  CapacityMeter meter() {
    return meter;
  }

  @Override
  public String name() {
    return "DynamoDB Local";
  }

  @Override
  public CloudStore ours() {
    var tables = new io.gympulse.cloud.aws.dynamo.Tables("ours-%d-".formatted(prefixes++));
    TableCreation.createMissing(client, tables);
    Calls calls = new Calls(client, CallPolicy.standard());
    return new DynamoCloudStore(calls, tables, InstantSource.fixed(Traffic.EVENING));
  }

  @Override
  public Tables naive() {
    return new DynamoTables(client, "naive-%d-".formatted(prefixes++));
  }

  @Override
  public int events() {
    return 1_000;
  }
}
