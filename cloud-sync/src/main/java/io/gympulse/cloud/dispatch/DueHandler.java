package io.gympulse.cloud.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Each minute: lets every feature do what time has brought. One that fails keeps back no other;
/// the invocation then fails at its end.
public final class DueHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final Logger LOG = LoggerFactory.getLogger(DueHandler.class);

  private final List<DueWork> features;
  private final InstantSource clock;

  public DueHandler(List<DueWork> features, InstantSource clock) {
    this.features = List.copyOf(features);
    this.clock = clock;
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context context) {
    Instant now = clock.instant();
    @Nullable RuntimeException failure = null;
    for (DueWork feature : features) {
      try {
        feature.onSchedule(now);
      } catch (RuntimeException e) {
        LOG.warn("what is due of {} fails and is tried again", feature.name(), e);
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }
}
