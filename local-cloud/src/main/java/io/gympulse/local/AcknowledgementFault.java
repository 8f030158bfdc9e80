package io.gympulse.local;

import io.gympulse.local.http.HttpCall;
import io.gympulse.local.http.HttpReply;
import io.gympulse.local.http.HttpService;
import java.util.concurrent.atomic.AtomicBoolean;

/// The fault that proofs of delivery ask for, by a `POST`: the process dies after a batch is stored
/// and before it is acknowledged. Thread-safe.
final class AcknowledgementFault implements HttpService {

  private static final int KILLED = 137;

  private final AtomicBoolean armed = new AtomicBoolean();

  /// Lets the next acknowledgement halt the process.
  @Override
  public HttpReply serve(HttpCall call) {
    if (!call.method().equals("POST")) {
      return HttpReply.json(405, "{\"error\":\"use POST\"}");
    }
    armed.set(true);
    return HttpReply.json(200, "{\"armed\":true}");
  }

  /// To be called before each acknowledgement is published. Does not return if armed.
  void beforeAcknowledgement() {
    if (armed.get()) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
