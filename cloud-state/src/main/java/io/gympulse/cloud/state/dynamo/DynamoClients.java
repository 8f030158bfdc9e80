package io.gympulse.cloud.state.dynamo;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Clients that retry throttling, the service's own errors and timeouts as a [CallPolicy] says.
///
/// The SDK's standard strategy does it: capped exponential delays of which a random part is waited,
/// and a budget of retries shared by all calls of a client, so that a service in trouble does not
/// get several times the calls.
public final class DynamoClients {
  private DynamoClients() {}

  /// To be completed with region, credentials and endpoint where the environment does not say them.
  public static DynamoDbClientBuilder builder(CallPolicy policy) {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(policy.attemptLimit())
                .socketTimeout(policy.attemptLimit()))
        .overrideConfiguration(it -> it.retryStrategy(retries(policy)));
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
