package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Channels that note what they are given, and answer as a test says.
public final class Told {
  /// One attempt.
  public record Attempt(Notification notification, Channel to) {}

  private final List<Attempt> attempts = new ArrayList<>();
  private Function<Attempt, Outcome> answer = _ -> new Outcome.Delivered();

  public Channels channels() {
    return new Channels(this::note, this::note, this::note);
  }

  public void answer(Function<Attempt, Outcome> other) {
    answer = other;
  }

  private synchronized Outcome note(Notification notification, Channel to) {
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
