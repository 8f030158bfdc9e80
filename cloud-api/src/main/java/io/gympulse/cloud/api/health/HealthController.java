package io.gympulse.cloud.api.health;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.gympulse.cloud.api.alerts.AlertFigures;
import io.gympulse.cloud.api.stream.Broadcast;
import io.gympulse.cloud.api.stream.StreamPlaces;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /health`: 200 `{"status":"up",...}` if every dependency is up, else 503: `"down"` if
/// requests cannot be answered, `"degraded"` if they can but not with the present; each dependency
/// under its name, with status and detail.
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {
  private final List<Dependency> dependencies;
  private final Broadcast broadcast;
  private final StreamPlaces places;
  private final AlertFigures alerts;

  HealthController(
      List<Dependency> dependencies,
      Broadcast broadcast,
      StreamPlaces places,
      AlertFigures alerts) {
    this.dependencies = dependencies;
    this.broadcast = broadcast;
    this.places = places;
    this.alerts = alerts;
  }

  /// @param stream open connections, how many were dropped for being slow and refused for want of
  ///     room, and how frames fared
  /// @param alerts how requests for new alerts fared
  record Health(
      String status,
      @JsonAnyGetter Map<String, Dependency.Standing> dependencies,
      Stream stream,
      AlertFigures.Counts alerts) {}

  /// @param deliveryRate `sent / (sent + failed)`, 1 before the first frame
  record Stream(
      int connections, long dropped, long refused, long sent, long failed, double deliveryRate) {
    static Stream of(Broadcast broadcast, StreamPlaces places) {
      DeliveryFigures figures = broadcast.figures();
      return new Stream(
          broadcast.connections(),
          broadcast.dropped(),
          places.refused(),
          figures.sent(),
          figures.failed(),
          figures.rate());
    }
  }

  @Get
  HttpResponse<Health> health() {
    Map<String, Dependency.Standing> standings = new LinkedHashMap<>();
    boolean up = true;
    boolean answers = true;
    for (Dependency dependency : dependencies) {
      Dependency.Standing standing = dependency.check();
      standings.put(dependency.name(), standing);
      up &= standing.isUp();
      answers &= standing.isUp() || !dependency.needed();
    }
    return HttpResponse.<Health>status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(
            new Health(
                up ? "up" : answers ? "degraded" : "down",
                standings,
                Stream.of(broadcast, places),
                alerts.counts()));
  }
}
