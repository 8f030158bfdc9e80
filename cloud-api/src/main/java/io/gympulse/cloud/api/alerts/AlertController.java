package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.api.http.SourceAddress;
import io.gympulse.cloud.api.setting.AlertLimits;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertPlace;
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

/// A member's alerts. Who the member is, the header `X-GymPulse-User` says; nobody else's alerts
/// can be seen or changed, and are answered 404 like those that do not exist.
@Controller("/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertController {
  private static final String USER = "X-GymPulse-User";

  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 100;

  private final AlertDesk desk;
  private final AlertLimits limits;

  AlertController(AlertDesk desk, AlertLimits limits) {
    this.desk = desk;
    this.limits = limits;
  }

  @Post
  @Status(HttpStatus.CREATED)
  AlertView create(@Header(USER) @Nullable String user, @Body String body, HttpRequest<?> request) {
    SourceAddress source = SourceAddress.of(request, limits.forwarded());
    return AlertView.of(desk.create(user(user), source, AlertBody.parse(body)));
  }

  @Get
  AlertView.Page some(
      @Header(USER) @Nullable String user,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable String limit) {
    return AlertView.Page.of(
        desk.page(
            user(user),
            Optional.ofNullable(after).map(it -> Field.parse("after", it, AlertPlace::parse)),
            limit == null ? PAGE : Field.parse("limit", limit, AlertController::size)));
  }

  private static int size(String text) {
    if (!text.matches("\\d{1,3}") || !isSize(Integer.parseInt(text))) {
      throw new IllegalArgumentException(
          "limit is to be a number from 1 to %d".formatted(LARGEST_PAGE));
    }
    return Integer.parseInt(text);
  }

  private static boolean isSize(int size) {
    return size >= 1 && size <= LARGEST_PAGE;
  }

  @Get("/{id}")
  AlertView one(@Header(USER) @Nullable String user, String id) {
    return AlertView.of(desk.find(user(user), id(id)));
  }

  @Patch("/{id}")
  AlertView change(@Header(USER) @Nullable String user, String id, @Body String body) {
    Alert changed = desk.change(user(user), id(id), AlertBody.parse(body));
    return AlertView.of(changed);
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void cancel(@Header(USER) @Nullable String user, String id) {
    desk.cancel(user(user), id(id));
  }

  private static UserId user(@Nullable String header) {
    if (header == null) {
      throw Refusal.invalid(USER, "Name the member in the header %s.".formatted(USER));
    }
    return Field.parse(USER, header, UserId::new);
  }

  private static AlertId id(String text) {
    return Field.parse("id", text, AlertId::of);
  }
}
