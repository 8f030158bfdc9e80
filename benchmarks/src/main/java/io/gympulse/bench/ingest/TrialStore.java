package io.gympulse.bench.ingest;

import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.bench.ingest.naive.DynamoTables;
import io.gympulse.bench.ingest.naive.SqliteTables;
import io.gympulse.bench.ingest.naive.Tables;
import io.gympulse.cloud.aws.dynamo.CallPolicy;
import io.gympulse.cloud.aws.dynamo.CapacityMeter;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.TableCreation;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A kind of store that both implementations run on; each call creates an empty one.
interface TrialStore {
  String name();

  CloudStore product() throws IOException;

  Tables naive() throws IOException;

  /// The number of events per trial, limited by the duration of the naive ingest.
  int events();

  /// A store that costs almost nothing, so that the implementations' own work dominates.
  final class Memory implements TrialStore {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public CloudStore product() {
      return new InMemoryCloudStore();
    }

    @Override
    public Tables naive() {
      return new Tables.InMemory();
    }

    @Override
    public int events() {
      return 40_000;
    }
  }

  /// The embedded store: a SQLite file, flushed to disk at each commit.
  final class Sqlite implements TrialStore {
    private final Path folder;
    private int files;

    Sqlite(Path folder) {
      this.folder = folder;
    }

    @Override
    public String name() {
      return "SQLite";
    }

    @Override
    public CloudStore product() {
      return SqliteCloudStore.open(folder.resolve("product-%d.db".formatted(files++)));
    }

    @Override
    public Tables naive() {
      return new SqliteTables(folder.resolve("naive-%d.db".formatted(files++)));
    }

    @Override
    public int events() {
      return 5_000;
    }
  }

  /// DynamoDB Local in a process of its own, with metered calls.
  final class DynamoDb implements TrialStore {
    private final DynamoDbClient client;
    private final CapacityMeter meter;
    private int prefixes;

    DynamoDb(LocalDynamoDb server) {
      this.meter = new CapacityMeter();
      this.client =
          server.client(
              ClientOverrideConfiguration.builder().addExecutionInterceptor(meter).build());
    }

    /// Meters all calls.
    CapacityMeter meter() {
      return meter;
    }

    @Override
    public String name() {
      return "DynamoDB Local";
    }

    @Override
    public CloudStore product() {
      var tables = new io.gympulse.cloud.aws.dynamo.Tables("product-%d-".formatted(prefixes++));
      TableCreation.createMissing(client, tables);
      DynamoCalls calls = new DynamoCalls(client, CallPolicy.standard());
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
}
