package io.gympulse.cloud.api.gateways;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.api.identity.Caller;
import io.gympulse.cloud.core.query.GatewayQueries;
import io.gympulse.contract.id.GatewayId;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.InstantSource;

/// The health that gateways report, as of their last report, for operators of their gyms. A
/// malformed id is answered 400; an unknown gateway, one without a report and one of another
/// operator's gym 404; and everything 503 while the database cannot be read.
@Controller("/gateways")
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.OPERATOR)
final class GatewayController {
  private final GatewayQueries gateways;
  private final InstantSource clock;

  GatewayController(GatewayQueries gateways, ApiConfiguration configuration) {
    this.gateways = gateways;
    this.clock = configuration.clock();
  }

  @Get("/{id}/health")
  GatewayHealthView health(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, String id) {
    GatewayId wanted = RequestField.parse("id", id, GatewayId::new);
    return gateways
        .health(wanted)
        .filter(it -> caller.operates(it.health().from().gym()))
        .map(it -> GatewayHealthView.of(it, clock.instant()))
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "unknown_gateway",
                    "No gateway '%s' of yours has reported its health.".formatted(wanted)));
  }
}
