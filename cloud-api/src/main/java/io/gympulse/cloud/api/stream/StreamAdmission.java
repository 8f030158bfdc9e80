package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.config.ConnectionLimits;
import io.gympulse.cloud.api.http.ApiException;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Admits streams within [ConnectionLimits]. Thread-safe.
@Singleton
public final class StreamAdmission {
  private final ConnectionQuota quota;
  private final Map<String, Runnable> releases = new ConcurrentHashMap<>();

  StreamAdmission(ApiConfiguration configuration) {
    ConnectionLimits limits = configuration.admission().limits();
    this.quota = new ConnectionQuota(limits.total(), limits.perSource());
  }

  /// Checks before the upgrade, where the client can still read an error, that [#admit] would
  /// succeed.
  ///
  /// @throws ApiException 429
  void requireCapacity(HttpRequest<?> request) {
    switch (quota.acquire(request.getRemoteAddress().getAddress())) {
      case ConnectionQuota.Acquired(var release) -> release.run();
      case ConnectionQuota.Exhausted(var message) ->
          throw ApiException.tooManyRequests("too_many_streams", message);
    }
  }

  /// @return whether the connection is admitted; if so it must be released when it ends
  boolean admit(String connection, HttpRequest<?> request) {
    return switch (quota.acquire(request.getRemoteAddress().getAddress())) {
      case ConnectionQuota.Acquired(var release) -> {
        releases.put(connection, release);
        yield true;
      }
      case ConnectionQuota.Exhausted _ -> false;
    };
  }

  void release(String connection) {
    Runnable release = releases.remove(connection);
    if (release != null) {
      release.run();
    }
  }

  /// Rejected streams, since start.
  public long rejected() {
    return quota.rejected();
  }
}
