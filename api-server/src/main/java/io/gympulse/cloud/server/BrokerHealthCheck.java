package io.gympulse.cloud.server;

import io.gympulse.cloud.api.health.HealthCheck;
import io.gympulse.cloud.api.updates.UpdateListener.Status.Connected;
import io.gympulse.cloud.api.updates.UpdateListener.Status.Disconnected;

/// The connection to the broker, with the newest reason why there is none and the payloads that
/// were no updates.
record BrokerHealthCheck(UpdatesSubscription updates) implements HealthCheck {
  @Override
  public String name() {
    return "broker";
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public HealthStatus check() {
    return updates
        .status()
        .map(
            it ->
                switch (it) {
                  case Connected _ -> HealthStatus.up("subscribed" + skipped());
                  case Disconnected(_, var reason) -> HealthStatus.down(reason + skipped());
                })
        .orElse(HealthStatus.down("not opened"));
  }

  private String skipped() {
    long skipped = updates.skipped();
    return skipped == 0 ? "" : "; %d payloads that are no updates skipped".formatted(skipped);
  }
}
