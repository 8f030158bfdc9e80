package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.SourceAddress;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.api.identity.Caller;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A member's alerts. An alert of another member is answered 404, as one that does not exist.
@Controller("/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.MEMBER)
final class AlertController {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final AlertService alerts;
  private final AlertQuotas.Limits limits;

  AlertController(AlertService alerts, AlertQuotas.Limits limits) {
    this.alerts = alerts;
    this.limits = limits;
  }

  @Post
  @Status(HttpStatus.CREATED)
  AlertView create(
      @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
      @Body String body,
      HttpRequest<?> request) {
    SourceAddress source = SourceAddress.of(request, limits.trustForwardedFor());
    return AlertView.of(alerts.create(caller.user(), source, AlertRequest.parse(body)));
  }

  @Get
  AlertView.Page list(
      @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable String limit) {
    return AlertView.Page.of(
        alerts.page(
            caller.user(),
            Optional.ofNullable(after)
                .map(it -> RequestField.parse("after", it, AlertCursor::parse)),
            limit == null
                ? DEFAULT_PAGE
                : RequestField.parse("limit", limit, AlertController::size)));
  }

  private static int size(String text) {
    if (!text.matches("\\d{1,3}") || !isSize(Integer.parseInt(text))) {
      throw new IllegalArgumentException("limit must be a number from 1 to %d".formatted(MAX_PAGE));
    }
    return Integer.parseInt(text);
  }

  private static boolean isSize(int size) {
    return size >= 1 && size <= MAX_PAGE;
  }

  @Get("/{id}")
  AlertView find(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, String id) {
    return AlertView.of(alerts.find(caller.user(), id(id)));
  }

  @Patch("/{id}")
  AlertView change(
      @RequestAttribute(Caller.ATTRIBUTE) Caller caller, String id, @Body String body) {
    Alert changed = alerts.change(caller.user(), id(id), AlertRequest.parse(body));
    return AlertView.of(changed);
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void cancel(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, String id) {
    alerts.cancel(caller.user(), id(id));
  }

  private static AlertId id(String text) {
    return RequestField.parse("id", text, AlertId::of);
  }
}
