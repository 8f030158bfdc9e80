package io.gympulse.cloud.aws.client;

import io.gympulse.cloud.aws.dynamo.CallPolicy;
import io.gympulse.cloud.aws.dynamo.DynamoClients;
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
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Builds the SDK's clients for a fast start: every setting that the SDK would otherwise search for
/// is given, and HTTP is the JDK's own, with TLS only for endpoints that speak it.
///
/// An `endpoint` is a service's address, for services that are not AWS's; where it is empty, the
/// region's own endpoint is used. Each call builds a client of its own.
public final class AwsClients {
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final Lazy<HttpConnections> secured =
      new Lazy<>(() -> HttpConnections.over(AmazonTrust.socketFactory()));

  /// @param region such as `eu-north-1`
  public AwsClients(String region, AwsCredentialsProvider credentials) {
    this.region = Region.of(region);
    this.credentials = credentials;
  }

  /// With the credentials in the process's environment, where Lambda puts them.
  public static AwsClients ofProcess(String region) {
    return new AwsClients(region, EnvironmentVariableCredentialsProvider.create());
  }

  public DynamoDbClient dynamoDb(Optional<String> endpoint) {
    var builder = DynamoClients.builder(CallPolicy.standard()).endpointDiscoveryEnabled(false);
    return configured(builder, endpoint).build();
  }

  /// @param endpoint the account's data endpoint, `https://...-ats.iot.REGION.amazonaws.com`
  public IotDataPlaneClient iotData(String endpoint) {
    return configured(IotDataPlaneClient.builder(), Optional.of(endpoint)).build();
  }

  /// @param endpoint the WebSocket API's stage, `https://{api}.execute-api.{region}.../{stage}`
  public ApiGatewayManagementApiClient connections(String endpoint) {
    return configured(ApiGatewayManagementApiClient.builder(), Optional.of(endpoint)).build();
  }

  /// Without retries: a repeated request after a lost response would send a mail twice.
  public SesV2Client ses(Optional<String> endpoint) {
    var builder = SesV2Client.builder();
    builder.overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    return configured(builder, endpoint).build();
  }

  public S3Client s3(Optional<String> endpoint) {
    return configured(S3Client.builder(), endpoint).build();
  }

  public SqsClient sqs(Optional<String> endpoint) {
    return configured(SqsClient.builder(), endpoint).build();
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B builder, Optional<String> endpoint) {
    Optional<URI> uri = endpoint.map(URI::create);
    uri.ifPresent(builder::endpointOverride);
    boolean plain = uri.filter(it -> it.getScheme().equals("http")).isPresent();
    return builder
        .region(region)
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
