package io.gympulse.cloud.aws.client;

import io.gympulse.cloud.aws.ApiGatewayPoster;
import io.gympulse.cloud.aws.IotDevicePublisher;
import io.gympulse.cloud.aws.S3RawStore;
import io.gympulse.cloud.aws.SesMailer;
import io.gympulse.cloud.aws.SqsWorkQueue;
import io.gympulse.cloud.aws.dynamo.CallPolicy;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoClients;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.core.broadcast.ConnectionPoster;
import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.notification.Mailer;
import io.gympulse.cloud.core.queue.WorkQueue;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The cloud's ports on AWS's services. The SDK's clients are set up for a fast start: they are
/// given every setting that the SDK would otherwise search for, and HTTP is the JDK's own, with TLS
/// only for endpoints that speak it.
///
/// An `endpoint` is a service's address, for services that are not AWS's; where it is empty, the
/// region's own endpoint is used. Each call builds a client of its own.
public final class AwsServices {
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final Lazy<HttpConnections> secured =
      new Lazy<>(() -> HttpConnections.over(AmazonTrust.socketFactory()));

  private AwsServices(String region, AwsCredentialsProvider credentials) {
    this.region = Region.of(region);
    this.credentials = credentials;
  }

  /// With a fixed key, for services that are not AWS's.
  public static AwsServices withKey(String region, String accessKeyId, String secretAccessKey) {
    return new AwsServices(
        region,
        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
  }

  /// With the credentials in the process's environment, where Lambda puts them.
  ///
  /// @param region such as `eu-north-1`
  public static AwsServices ofProcess(String region) {
    return new AwsServices(region, EnvironmentVariableCredentialsProvider.create());
  }

  /// A store with a client of its own: to be called once.
  public DynamoCloudStore store(Optional<String> endpoint, Tables tables, InstantSource clock) {
    var builder = DynamoClients.builder(CallPolicy.standard()).endpointDiscoveryEnabled(false);
    DynamoCalls calls =
        new DynamoCalls(configured(builder, endpoint).build(), CallPolicy.standard());
    return new DynamoCloudStore(calls, tables, clock);
  }

  /// @param endpoint the account's data endpoint, `https://...-ats.iot.REGION.amazonaws.com`
  public DevicePublisher devicePublisher(String endpoint) {
    return new IotDevicePublisher(
        configured(IotDataPlaneClient.builder(), Optional.of(endpoint)).build());
  }

  /// @param endpoint the WebSocket API's stage, `https://{api}.execute-api.{region}.../{stage}`
  public ConnectionPoster connections(String endpoint) {
    return new ApiGatewayPoster(
        configured(ApiGatewayManagementApiClient.builder(), Optional.of(endpoint)).build());
  }

  /// Without retries: a repeated request after a lost response would send a mail twice.
  ///
  /// @param from a sender that SES has verified
  public Mailer mailer(Optional<String> endpoint, String from) {
    var builder = SesV2Client.builder();
    builder.overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    return new SesMailer(configured(builder, endpoint).build(), from);
  }

  public RawStore rawStore(Optional<String> endpoint, String bucket) {
    return new S3RawStore(configured(S3Client.builder(), endpoint).build(), bucket);
  }

  /// @param queue the queue's address
  public WorkQueue workQueue(Optional<String> endpoint, URI queue) {
    return new SqsWorkQueue(configured(SqsClient.builder(), endpoint).build(), queue.toString());
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
