package io.gympulse.cloud.api.health;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.gympulse.cloud.api.alerts.AlertFigures;
import io.gympulse.cloud.api.stream.Broadcast;
import io.gympulse.cloud.state.broadcast.DeliveryFigures;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /health`: 200 `{"status":"up",...}` if every dependency is up, else 503 `"degraded"`; each
/// dependency under its name, with status and detail.
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {
  private final List<Dependency> dependencies;
  private final Broadcast broadcast;
  private final AlertFigures alerts;

  HealthController(List<Dependency> dependencies, Broadcast broadcast, AlertFigures alerts) {
    this.dependencies = dependencies;
    this.broadcast = broadcast;
    this.alerts = alerts;
  }

  /// @param stream open connections, how many were dropped for being slow, and how frames fared
  /// @param alerts how requests for new alerts fared
  record Health(
      String status,
      @JsonAnyGetter Map<String, Dependency.Standing> dependencies,
      Stream stream,
      AlertFigures.Counts alerts) {}

  /// @param deliveryRate `sent / (sent + failed)`, 1 before the first frame
  record Stream(int connections, long dropped, long sent, long failed, double deliveryRate) {
    static Stream of(Broadcast broadcast) {
      DeliveryFigures figures = broadcast.figures();
      return new Stream(
          broadcast.connections(),
          broadcast.dropped(),
          figures.sent(),
          figures.failed(),
          figures.rate());
    }
  }

  @Get
  HttpResponse<Health> health() {
    Map<String, Dependency.Standing> standings = new LinkedHashMap<>();
    dependencies.forEach(dependency -> standings.put(dependency.name(), dependency.check()));
    boolean up = standings.values().stream().allMatch(it -> it.status().equals("up"));
    return HttpResponse.<Health>status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new Health(up ? "up" : "degraded", standings, Stream.of(broadcast), alerts.counts()));
  }
}
