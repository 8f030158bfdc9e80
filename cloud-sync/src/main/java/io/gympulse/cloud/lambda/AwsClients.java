package io.gympulse.cloud.lambda;

import io.gympulse.cloud.state.dynamo.CallPolicy;
import io.gympulse.cloud.state.dynamo.DynamoClients;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;

/// The SDK's clients, set up for a fast start: everything they would search for is named, and HTTP
/// is the JDK's own, with TLS where an endpoint speaks it.
final class AwsClients {
  /// Set by Lambda.
  static final String REGION = "AWS_REGION";

  /// The account's data endpoint, `https://...-ats.iot.REGION.amazonaws.com`.
  static final String IOT_ENDPOINT = "GYM_PULSE_IOT_ENDPOINT";

  /// The SDK's own name; for stores that are not AWS's.
  static final String DYNAMODB_ENDPOINT = "AWS_ENDPOINT_URL_DYNAMODB";

  private final Environment environment;
  private final AwsCredentialsProvider credentials;
  private final Lazy<HttpConnections> secured =
      new Lazy<>(() -> HttpConnections.over(AmazonTrust.socketFactory()));

  /// With the credentials that Lambda puts into the process's environment.
  AwsClients(Environment environment) {
    this(environment, EnvironmentVariableCredentialsProvider.create());
  }

  AwsClients(Environment environment, AwsCredentialsProvider credentials) {
    this.environment = environment;
    this.credentials = credentials;
  }

  DynamoDbClient dynamoDb() {
    var builder = DynamoClients.builder(CallPolicy.standard()).endpointDiscoveryEnabled(false);
    return configured(builder, environment.optional(DYNAMODB_ENDPOINT)).build();
  }

  IotDataPlaneClient iotData() {
    String endpoint = environment.required(IOT_ENDPOINT);
    return configured(IotDataPlaneClient.builder(), Optional.of(endpoint)).build();
  }

  /// For a client of any service.
  ///
  /// @param endpoint the region's own, by TLS, if it is empty
  <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B builder, Optional<String> endpoint) {
    Optional<URI> uri = endpoint.map(URI::create);
    uri.ifPresent(builder::endpointOverride);
    boolean plain = uri.filter(it -> it.getScheme().equals("http")).isPresent();
    return builder
        .region(Region.of(environment.required(REGION)))
        .credentialsProvider(credentials)
        .defaultsMode(DefaultsMode.STANDARD)
        .httpClientBuilder(null)
        .httpClient(UrlConnectionHttpClient.create(plain ? HttpConnections.plain() : secured.get()))
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .defaultProfileFileSupplier(() -> ProfileFile.aggregator().build())
                .build());
  }
}
