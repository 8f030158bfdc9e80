package io.gympulse.bench.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The minimal function that uses the SDK and writes twice: it ignores the event and puts two
/// items. The difference to it is the cost of ingest itself.
public final class TwoPutsFunction implements RequestStreamHandler {
  private static final String TABLE = "gym-pulse-unregistered";
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.of(ENVIRONMENT.get("AWS_REGION")))
          .endpointOverride(URI.create(ENVIRONMENT.get("AWS_ENDPOINT_URL_DYNAMODB")))
          .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
          .defaultsMode(DefaultsMode.STANDARD)
          .endpointDiscoveryEnabled(false)
          .httpClient(
              UrlConnectionHttpClient.create(
                  uri -> {
                    try {
                      return (HttpURLConnection) uri.toURL().openConnection();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }))
          .build();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    put("first");
    put("second");
    output.write("{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8));
  }

  private void put(String machine) {
    client.putItem(
        it ->
            it.tableName(TABLE)
                .item(
                    Map.of(
                        "gym", AttributeValue.fromS("riverside"),
                        "machine", AttributeValue.fromS(machine))));
  }
}
