package io.gympulse.cloud.aws.dynamo;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// DynamoDB in this process's memory, on a free loopback port: started at its first use, stopped
/// when the process ends. Each caller gets tables with a prefix of its own. Nothing leaves the
/// machine: the server's telemetry is not started.
public final class LocalDynamo {
  /// Short delays, for a server in the same process.
  public static final CallPolicy POLICY =
      new CallPolicy(
          4,
          Duration.ofMillis(2),
          Duration.ofMillis(20),
          Duration.ofSeconds(20),
          5,
          10,
          Duration.ofMillis(200));

  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private LocalDynamo() {}

  private static final class Running {
    static final LocalDynamoDBRequestHandler DATABASE =
        new LocalDynamoDBRequestHandler(0, true, null, true, false);
    static final Server SERVER = start();
    static final DynamoDbClient CLIENT = builder(POLICY).build();

    private static Server start() {
      Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.setHandler(new LocalDynamoDBServerHandler(DATABASE, null));
      try {
        server.start();
      } catch (Exception e) {
        throw new IllegalStateException("DynamoDB Local does not start", e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(LocalDynamo::stop));
      return server;
    }
  }

  /// The shared client; not to be closed.
  public static DynamoDbClient client() {
    return Running.CLIENT;
  }

  /// For a separate client.
  public static DynamoDbClientBuilder builder(CallPolicy policy) {
    return DynamoClients.builder(policy, endpoint());
  }

  /// A client of the tables' streams, to be closed by the caller.
  public static DynamoDbStreamsClient streams() {
    return DynamoClients.local(
            DynamoDbStreamsClient.builder().httpClient(UrlConnectionHttpClient.create()),
            endpoint())
        .build();
  }

  private static URI endpoint() {
    return URI.create("http://127.0.0.1:" + Running.SERVER.getURI().getPort());
  }

  /// New, empty tables for the caller only.
  public static Tables freshTables() {
    Tables tables = new Tables("t" + PREFIXES.incrementAndGet() + "-");
    TableCreation.createMissing(client(), tables);
    return tables;
  }

  /// Stops the server, whose threads would keep the process alive.
  public static void stop() {
    try {
      Running.SERVER.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
    Running.DATABASE.shutdown();
  }
}
