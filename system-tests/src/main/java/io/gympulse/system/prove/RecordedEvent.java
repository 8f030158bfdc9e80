package io.gympulse.system.prove;

import java.time.Duration;

/// An event as the gateway's observer saw it, with the moment on its boot's clock.
record RecordedEvent(SeenEvent event, String boot, Duration sinceBoot) {

  /// The same under another name.
  RecordedEvent called(EventName name) {
    return new RecordedEvent(
        new SeenEvent(name, event.at(), event.machine(), event.status(), event.reason()),
        boot,
        sinceBoot);
  }
}
