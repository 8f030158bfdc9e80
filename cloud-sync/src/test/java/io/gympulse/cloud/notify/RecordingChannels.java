package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.DeliveryChannel.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Channels that record attempts and return the outcomes that a test sets.
public final class RecordingChannels {
  /// One attempt.
  public record Attempt(Notification notification, Channel to) {}

  private final List<Attempt> attempts = new ArrayList<>();
  private Function<Attempt, DeliveryOutcome> answer = _ -> new DeliveryOutcome.Delivered();

  public Channels channels() {
    return new Channels(this::record, this::record, this::record);
  }

  public void returning(Function<Attempt, DeliveryOutcome> other) {
    answer = other;
  }

  private synchronized DeliveryOutcome record(Notification notification, Channel to) {
    Attempt attempt = new Attempt(notification, to);
    attempts.add(attempt);
    return answer.apply(attempt);
  }

  public synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  public List<String> ids() {
    return attempts().stream().map(it -> it.notification().deliveryId()).toList();
  }

  public List<String> texts() {
    return attempts().stream().map(it -> it.notification().text()).toList();
  }
}
