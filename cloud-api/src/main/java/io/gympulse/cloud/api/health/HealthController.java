package io.gympulse.cloud.api.health;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.api.stream.StreamAdmission;
import io.gympulse.cloud.api.stream.StreamBroadcaster;
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

/// `GET /health`: 200 `{"status":"up",...}` if every dependency is up, else 503: `"down"` if a
/// required one is down, `"degraded"` if another is. Each dependency is a key, with its status and
/// detail.
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.PUBLIC)
final class HealthController {
  private final List<HealthCheck> checks;
  private final StreamBroadcaster broadcaster;
  private final StreamAdmission admission;
  private final AlertQuotas alerts;

  HealthController(
      List<HealthCheck> checks,
      StreamBroadcaster broadcaster,
      StreamAdmission admission,
      AlertQuotas alerts) {
    this.checks = checks;
    this.broadcaster = broadcaster;
    this.admission = admission;
    this.alerts = alerts;
  }

  /// @param dependencies by name
  /// @param alerts requests for new alerts
  record Health(
      String status,
      @JsonAnyGetter Map<String, HealthCheck.HealthStatus> dependencies,
      Stream stream,
      AlertQuotas.Counts alerts) {}

  /// Figures of the stream since start, except for `connections`.
  ///
  /// @param connections open now
  /// @param dropped connections closed because the client was too slow
  /// @param refused connections rejected by a limit
  /// @param sent frames that the network took
  /// @param failed frames that it did not take
  /// @param deliveryRate `sent / (sent + failed)`, 1 before the first frame
  record Stream(
      int connections, long dropped, long refused, long sent, long failed, double deliveryRate) {
    static Stream of(StreamBroadcaster broadcaster, StreamAdmission admission) {
      DeliveryFigures figures = broadcaster.figures();
      return new Stream(
          broadcaster.connections(),
          broadcaster.dropped(),
          admission.rejected(),
          figures.sent(),
          figures.failed(),
          figures.rate());
    }
  }

  @Get
  HttpResponse<Health> health() {
    Map<String, HealthCheck.HealthStatus> statuses = new LinkedHashMap<>();
    boolean up = true;
    boolean serving = true;
    for (HealthCheck check : checks) {
      HealthCheck.HealthStatus status = check.check();
      statuses.put(check.name(), status);
      up &= status.isUp();
      serving &= status.isUp() || !check.required();
    }
    return HttpResponse.<Health>status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(
            new Health(
                up ? "up" : serving ? "degraded" : "down",
                statuses,
                Stream.of(broadcaster, admission),
                alerts.counts()));
  }
}
