package io.gympulse.cloud.planted;

import io.gympulse.cloud.sqlite.SqliteCloudStore;
import java.sql.Connection;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Classes of a cloud feature that break the dependency rules, for the test of the rules.
final class CloudViolations {
  private CloudViolations() {}

  static final class UsesTheSdk {
    @Nullable DynamoDbClient client;
  }

  static final class UsesSql {
    @Nullable Connection connection;
  }

  static final class UsesAStore {
    @Nullable SqliteCloudStore store;
  }

  static final class NamesAClock {
    LongSupplier nanos() {
      return System::nanoTime;
    }
  }

  static final class ReadsAClock {
    Instant now() {
      return Instant.now();
    }
  }
}
