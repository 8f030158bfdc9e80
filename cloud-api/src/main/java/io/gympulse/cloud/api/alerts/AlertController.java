package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.api.http.SourceAddress;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.UserId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A member's alerts. The header `X-GymPulse-User` names the member; an alert of another member is
/// answered 404, as one that does not exist.
@Controller("/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertController {
  private static final String USER = "X-GymPulse-User";

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
  AlertView create(@Header(USER) @Nullable String user, @Body String body, HttpRequest<?> request) {
    SourceAddress source = SourceAddress.of(request, limits.trustForwardedFor());
    return AlertView.of(alerts.create(user(user), source, AlertRequest.parse(body)));
  }

  @Get
  AlertView.Page list(
      @Header(USER) @Nullable String user,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable String limit) {
    return AlertView.Page.of(
        alerts.page(
            user(user),
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
  AlertView find(@Header(USER) @Nullable String user, String id) {
    return AlertView.of(alerts.find(user(user), id(id)));
  }

  @Patch("/{id}")
  AlertView change(@Header(USER) @Nullable String user, String id, @Body String body) {
    Alert changed = alerts.change(user(user), id(id), AlertRequest.parse(body));
    return AlertView.of(changed);
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void cancel(@Header(USER) @Nullable String user, String id) {
    alerts.cancel(user(user), id(id));
  }

  private static UserId user(@Nullable String header) {
    if (header == null) {
      throw ApiException.invalidField(
          RequestLocation.header(USER), "Name the member in the header %s.".formatted(USER));
    }
    return RequestField.parse(RequestLocation.header(USER), header, UserId::new);
  }

  private static AlertId id(String text) {
    return RequestField.parse("id", text, AlertId::of);
  }
}
