package io.gympulse.cloud.server;

import io.gympulse.cloud.api.updates.UpdateListener;
import io.gympulse.cloud.core.feed.FeedUpdate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records updates and statuses; fails at an update if asked to.
final class RecordingListener implements UpdateListener {
  final List<FeedUpdate> updates = new CopyOnWriteArrayList<>();
  final List<Status> statuses = new CopyOnWriteArrayList<>();
  volatile boolean failing;

  @Override
  public void accept(FeedUpdate update) {
    if (failing) {
      throw new IllegalStateException("no");
    }
    updates.add(update);
  }

  @Override
  public void status(Status status) {
    statuses.add(status);
  }

  /// `up` or `down` for each status.
  List<String> changes() {
    return statuses.stream().map(it -> it instanceof Status.Connected ? "up" : "down").toList();
  }
}
