package io.gympulse.cloud.api.planted;

import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.sqlite.SqliteQueries;
import org.jspecify.annotations.Nullable;

/// Classes of the API that break the dependency rules, for the test of the rules.
final class ApiViolations {
  private ApiViolations() {}

  static final class UsesTheEmbeddedStore {
    @Nullable SqliteQueries queries;
  }

  static final class UsesDynamoDb {
    @Nullable DynamoCloudStore store;
  }

  static final class UsesAFeature {
    @Nullable IngestHandler ingest;
  }
}
