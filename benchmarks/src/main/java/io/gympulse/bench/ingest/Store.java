package io.gympulse.bench.ingest;

import io.gympulse.bench.ingest.naive.Tables;
import io.gympulse.cloud.core.store.CloudStore;
import java.io.IOException;

/// A kind of store that both ways run against, empty each time.
interface Store {
  String name();

  CloudStore ours() throws IOException;

  Tables naive() throws IOException;

  /// How many events a trial takes, so that the naive way ends in time.
  int events();
}
