package io.gympulse.cloud.api.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.alert.QuietHours;
import io.gympulse.cloud.core.notification.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An alert as REST shows it, without secrets. Times are ISO-8601; absent values are null.
///
/// @param status `active`, `fired`, `expired` or `cancelled`
/// @param cooldown in seconds, of a repeating alert
/// @param lastFired the start of the free period for which the alert last fired
public record AlertView(
    String id,
    String machineId,
    String gymId,
    String status,
    Instant createdAt,
    @JsonProperty("quiet_hours") Optional<QuietHoursView> quietHours,
    Optional<String> zone,
    Optional<Instant> expiry,
    List<ChannelView> channels,
    boolean repeat,
    Optional<Long> cooldown,
    Optional<Instant> lastFired) {

  /// Local times in `zone`.
  public record QuietHoursView(String start, String end) {}

  /// @param type `websocket`, `email` or `webhook`
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ChannelView(String type, Optional<String> address, Optional<String> uri) {}

  /// `GET /alerts`: a page of a member's alerts.
  ///
  /// @param next the parameter `after` of the next page, if there is one
  public record Page(List<AlertView> alerts, Optional<String> next) {
    static Page of(io.gympulse.cloud.core.page.Page<Alert, AlertCursor> page) {
      return new Page(
          page.items().stream().map(AlertView::of).toList(), page.next().map(AlertCursor::text));
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
        quiet.map(it -> new QuietHoursView(it.start().toString(), it.end().toString())),
        quiet.map(it -> it.zone().getId()),
        alert.terms().expiresAt(),
        alert.terms().channels().stream().map(AlertView::channel).toList(),
        cooldown.isPresent(),
        cooldown,
        alert.lastFired());
  }

  private static ChannelView channel(Channel channel) {
    return switch (channel) {
      case Channel.WebSocket _ -> new ChannelView("websocket", Optional.empty(), Optional.empty());
      case Channel.Email email ->
          new ChannelView("email", Optional.of(email.address()), Optional.empty());
      case Channel.Webhook hook ->
          new ChannelView("webhook", Optional.empty(), Optional.of(hook.uri().toString()));
    };
  }
}
