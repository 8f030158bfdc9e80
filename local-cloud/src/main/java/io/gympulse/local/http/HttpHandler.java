package io.gympulse.local.http;

import java.io.IOException;

/// Handles the requests of a path. Thread-safe; each call has a virtual thread.
public interface HttpHandler {

  /// @throws IOException if it fails; the request is answered with 500
  ServerResponse handle(ServerRequest request) throws IOException;
}
