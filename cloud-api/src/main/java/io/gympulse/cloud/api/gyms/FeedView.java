package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.api.feed.FeedStatus;
import java.time.Instant;

/// Whether updates reach this process. While they do not, the cloud is probably down, and what an
/// answer says is how things were when it last worked.
///
/// @param status `up` or `down`
/// @param since when that began, ISO-8601
public record FeedView(String status, Instant since) {
  static FeedView of(FeedStatus status) {
    return switch (status) {
      case FeedStatus.Connected(var since) -> new FeedView("up", since);
      case FeedStatus.Broken(var since, _) -> new FeedView("down", since);
    };
  }
}
