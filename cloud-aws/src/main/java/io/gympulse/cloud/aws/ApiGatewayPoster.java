package io.gympulse.cloud.aws;

import io.gympulse.cloud.core.broadcast.ConnectionPoster;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/// Sends to connections of API Gateway by its `@connections` endpoint.
public final class ApiGatewayPoster implements ConnectionPoster {
  private static final Logger LOG = LoggerFactory.getLogger(ApiGatewayPoster.class);

  private static final int GONE = 410;

  private final ApiGatewayManagementApiClient client;

  /// @param client with the stage's endpoint, `https://{api}.execute-api.../{stage}`
  public ApiGatewayPoster(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  @Override
  public Posted post(ConnectionId connection, String frame) {
    try {
      var _ =
          client.postToConnection(
              it -> it.connectionId(connection.value()).data(SdkBytes.fromUtf8String(frame)));
      return new Posted.Sent();
    } catch (AwsServiceException e) {
      return e.statusCode() == GONE ? new Posted.Gone() : new Posted.Failed(reason(e));
    } catch (SdkException e) {
      return new Posted.Failed(reason(e));
    }
  }

  @Override
  public void end(ConnectionId connection) {
    try {
      var _ = client.deleteConnection(it -> it.connectionId(connection.value()));
    } catch (SdkException e) {
      LOG.debug("connection {} was not ended: {}", connection, reason(e));
    }
  }

  private static String reason(SdkException e) {
    return e instanceof AwsServiceException answer
        ? "API Gateway responded with %d".formatted(answer.statusCode())
        : "no response from API Gateway: " + e.getClass().getSimpleName();
  }
}
