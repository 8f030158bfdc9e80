package io.gympulse.cloud.aws.dynamo;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Clients that retry throttling, server errors and timeouts as a [CallPolicy] defines.
///
/// Retries follow the SDK's standard strategy: capped exponential delays with full jitter, and a
/// retry budget shared by all calls of a client, so that an overloaded service does not get several
/// times the calls.
public final class DynamoClients {
  private DynamoClients() {}

  /// The caller adds region, credentials and endpoint unless the environment defines them.
  public static DynamoDbClientBuilder builder(CallPolicy policy) {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(policy.attemptLimit())
                .socketTimeout(policy.attemptLimit()))
        .overrideConfiguration(it -> it.retryStrategy(retries(policy)));
  }

  /// For a DynamoDB on this machine, which accepts any credentials.
  public static DynamoDbClientBuilder builder(CallPolicy policy, URI endpoint) {
    return local(builder(policy), endpoint);
  }

  static <B extends AwsClientBuilder<B, ?>> B local(B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  private static StandardRetryStrategy retries(CallPolicy policy) {
    BackoffStrategy delays =
        BackoffStrategy.exponentialDelay(policy.firstDelay(), policy.longestDelay());
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(policy.attempts())
        .backoffStrategy(delays)
        .throttlingBackoffStrategy(delays)
        .build();
  }
}
