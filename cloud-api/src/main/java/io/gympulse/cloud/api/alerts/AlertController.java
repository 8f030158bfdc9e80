package io.gympulse.cloud.api.alerts;

import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.state.alert.Alert;
import io.gympulse.cloud.state.alert.AlertId;
import io.gympulse.cloud.state.alert.UserId;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/// A member's alerts. Who the member is, the header `X-GymPulse-User` says; nobody else's alerts
/// can be seen or changed, and are answered 404 like those that do not exist.
@Controller("/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertController {
  private static final String USER = "X-GymPulse-User";

  private final AlertDesk desk;

  AlertController(AlertDesk desk) {
    this.desk = desk;
  }

  @Post
  @Status(HttpStatus.CREATED)
  AlertView create(@Header(USER) @Nullable String user, @Body String body) {
    return AlertView.of(desk.create(user(user), AlertBody.parse(body)));
  }

  @Get
  AlertView.Page all(@Header(USER) @Nullable String user) {
    return new AlertView.Page(desk.all(user(user)).stream().map(AlertView::of).toList());
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
