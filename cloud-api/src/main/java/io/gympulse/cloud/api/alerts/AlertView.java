package io.gympulse.cloud.api.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertPlace;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.QuietHours;
import io.gympulse.cloud.core.alert.Repetition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An alert as REST shows it. Times are ISO-8601; what is not set is null; secrets are not shown.
///
/// @param status `active`, `fired`, `expired` or `cancelled`
/// @param cooldown in seconds, if it repeats
/// @param lastFired the beginning of the free period that it last fired for
public record AlertView(
    String id,
    String machineId,
    String gymId,
    String status,
    Instant createdAt,
    @JsonProperty("quiet_hours") Optional<Quiet> quietHours,
    Optional<String> zone,
    Optional<Instant> expiry,
    List<Place> channels,
    boolean repeat,
    Optional<Long> cooldown,
    Optional<Instant> lastFired) {

  /// Local times of the zone.
  public record Quiet(String start, String end) {}

  /// @param type `websocket`, `email` or `webhook`
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Place(String type, Optional<String> address, Optional<String> uri) {}

  /// Some of a user's alerts.
  ///
  /// @param next the parameter `after` of the next page, if there is one
  public record Page(List<AlertView> alerts, Optional<String> next) {
    static Page of(io.gympulse.cloud.core.page.Page<Alert, AlertPlace> page) {
      return new Page(
          page.items().stream().map(AlertView::of).toList(), page.next().map(AlertPlace::text));
    }
  }

  static AlertView of(Alert alert) {
    Optional<QuietHours> quiet = alert.terms().quietHours();
    Optional<Long> cooldown =
        switch (alert.terms().repetition()) {
          case Repetition.Once _ -> Optional.empty();
          case Repetition.Again again -> Optional.of(again.cooldown().toSeconds());
        };
    return new AlertView(
        alert.id().toString(),
        alert.machine().value(),
        alert.gym().value(),
        alert.status().wireName(),
        alert.createdAt(),
        quiet.map(it -> new Quiet(it.start().toString(), it.end().toString())),
        quiet.map(it -> it.zone().getId()),
        alert.terms().expiresAt(),
        alert.terms().channels().stream().map(AlertView::place).toList(),
        cooldown.isPresent(),
        cooldown,
        alert.lastFired());
  }

  private static Place place(Channel channel) {
    return switch (channel) {
      case Channel.WebSocket _ -> new Place("websocket", Optional.empty(), Optional.empty());
      case Channel.Email email ->
          new Place("email", Optional.of(email.address()), Optional.empty());
      case Channel.Webhook hook ->
          new Place("webhook", Optional.empty(), Optional.of(hook.uri().toString()));
    };
  }
}
