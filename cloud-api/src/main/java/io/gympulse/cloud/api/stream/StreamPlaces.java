package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.gympulse.cloud.api.setting.ConnectionLimits;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many streams are open, and room for how many more there is. Safe for any number of threads.
@Singleton
public final class StreamPlaces {
  private final SourceQuota quota;
  private final Map<String, Runnable> taken = new ConcurrentHashMap<>();

  StreamPlaces(ApiConfiguration configuration) {
    ConnectionLimits limits = configuration.admission().limits();
    this.quota = new SourceQuota(limits.inAll(), limits.perSource());
  }

  /// Refuses in words what [#take] would refuse: before the upgrade a client can read them.
  ///
  /// @throws Refusal 429
  void requireRoom(HttpRequest<?> request) {
    switch (quota.take(request.getRemoteAddress().getAddress())) {
      case SourceQuota.Taken(var giveBack) -> giveBack.run();
      case SourceQuota.Full(var message) -> throw Refusal.tooMany("too_many_streams", message);
    }
  }

  /// @return whether the connection has a place now, to be given back when it ends
  boolean take(String connection, HttpRequest<?> request) {
    return switch (quota.take(request.getRemoteAddress().getAddress())) {
      case SourceQuota.Taken(var giveBack) -> {
        taken.put(connection, giveBack);
        yield true;
      }
      case SourceQuota.Full _ -> false;
    };
  }

  void giveBack(String connection) {
    Runnable place = taken.remove(connection);
    if (place != null) {
      place.run();
    }
  }

  /// Streams refused for want of room, since start.
  public long refused() {
    return quota.refused();
  }
}
