package io.gympulse.local.http;

import java.io.IOException;

/// Answers requests of a path. Called by any number of threads at once, a virtual one each.
public interface HttpService {

  /// @throws IOException if it cannot; the request is answered 500
  HttpReply serve(HttpCall call) throws IOException;
}
