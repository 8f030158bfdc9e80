package io.gympulse.cloud.server;

import io.gympulse.cloud.aws.client.AwsServices;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.Tables;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of the store. Calls are signed with the credentials in the process's environment;
/// with a fixed key if an endpoint is given, for a DynamoDB that is not AWS's.
final class StoreOptions {
  private static final String DYNAMODB = "dynamodb";
  private static final String LOCAL_KEY = "local";
  private static final String LOCAL_REGION = "eu-central-1";
  private static final String REGION = "AWS_REGION";
  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

  @Option(
      names = "--store",
      required = true,
      paramLabel = "dynamodb",
      description = "The kind of store: dynamodb. The local cloud's own API needs no process.")
  private String store = "";

  @Option(
      names = "--table-prefix",
      paramLabel = "PREFIX",
      description = "Prefix of the tables' names (default: ${DEFAULT-VALUE}).")
  private String tablePrefix = Tables.PREFIX;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The tables' region on AWS, such as eu-north-1 (default: AWS_REGION).")
  private @Nullable String region;

  @Option(
      names = "--dynamodb-endpoint",
      paramLabel = "URL",
      description = "A DynamoDB that is not AWS's, such as DynamoDB Local.")
  private @Nullable URI endpoint;

  /// Fails if an option is wrong, or if calls could not be signed.
  ///
  /// @param environment the process's
  /// @throws IllegalArgumentException naming the option
  DynamoCloudStore open(InstantSource clock, Map<String, String> environment) {
    if (!store.equals(DYNAMODB)) {
      throw new IllegalArgumentException(
          "--store '%s': only dynamodb is possible".formatted(store));
    }
    Tables tables = new Tables(tablePrefix);
    Optional<String> given =
        Optional.ofNullable(region).or(() -> Optional.ofNullable(environment.get(REGION)));
    if (endpoint == null) {
      return onAws(given, environment).store(Optional.empty(), tables, clock);
    }
    if (endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "--dynamodb-endpoint '%s' is not of the form http://HOST:PORT".formatted(endpoint));
    }
    return AwsServices.withKey(given.orElse(LOCAL_REGION), LOCAL_KEY, LOCAL_KEY)
        .store(Optional.of(endpoint.toString()), tables, clock);
  }

  private static AwsServices onAws(Optional<String> region, Map<String, String> environment) {
    if (region.isEmpty()) {
      throw new IllegalArgumentException(
          "--region is needed, or %s in the environment".formatted(REGION));
    }
    if (!environment.containsKey(ACCESS_KEY)) {
      throw new IllegalArgumentException(
          "%s is not set: put AWS credentials into the environment, or give --dynamodb-endpoint"
              .formatted(ACCESS_KEY));
    }
    return AwsServices.ofProcess(region.get());
  }
}
