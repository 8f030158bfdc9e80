package io.gympulse.local;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.broker.Broker;
import io.gympulse.local.http.HttpHandler;
import io.gympulse.local.http.ServerRequest;
import io.gympulse.local.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Publishes ingest's acknowledgements and rejections, and updates, through the broker.
// Thread-safe.
final class BrokerPublisher implements DevicePublisher {

  private final Broker broker;
  private final HaltBeforeAck fault;

  BrokerPublisher(Broker broker, HaltBeforeAck fault) {
    this.broker = broker;
    this.fault = fault;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    if (Topics.gatewayOf(topic).isPresent()) {
      fault.haltIfArmed();
    }
    try {
      broker.publish(topic, payload, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// ApiError injection for tests of delivery: after a `POST`, the process halts when a batch is
  /// stored and before its acknowledgement is published. Thread-safe.
  static final class HaltBeforeAck implements HttpHandler {

    /// The exit code of a process that SIGKILL ended.
    private static final int KILLED = 137;

    private final AtomicBoolean armed = new AtomicBoolean();

    /// Makes the next acknowledgement halt the process.
    @Override
    public ServerResponse handle(ServerRequest request) {
      if (!request.method().equals("POST")) {
        return ServerResponse.methodNotAllowed("POST");
      }
      armed.set(true);
      return ServerResponse.json(200, "{\"armed\":true}");
    }

    private void haltIfArmed() {
      if (armed.get()) {
        Runtime.getRuntime().halt(KILLED);
      }
    }
  }
}
