package io.gympulse.bench.dynamo;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import io.gympulse.process.ParentWatch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;

/// The main class of a DynamoDB Local in memory that listens on the loopback only; its own
/// command listens on every interface. Telemetry is not started. Argument: the port.
final class LoopbackDynamoDb {
  private LoopbackDynamoDb() {}

  public static void main(String[] arguments) throws Exception {
    ParentWatch.start();
    int port = Integer.parseInt(arguments[0]);
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, true, null, false, false), null));
    server.start();
    server.join();
  }
}
