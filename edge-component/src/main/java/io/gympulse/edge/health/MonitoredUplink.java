package io.gympulse.edge.health;

import io.gympulse.edge.uplink.Uplink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An uplink that remembers how often it was connected, and when an acknowledgement arrived last.
public final class MonitoredUplink implements Uplink {
  private final Uplink uplink;
  private final InstantSource clock;
  private volatile LinkHealth health = new LinkHealth(0, Optional.empty());

  /// @param connections since the gateway started
  record LinkHealth(long connections, Optional<Instant> lastAcknowledgedAt) {}

  /// @param clock gives wall time, synchronised or not
  public MonitoredUplink(Uplink uplink, InstantSource clock) {
    this.uplink = uplink;
    this.clock = clock;
  }

  LinkHealth health() {
    return health;
  }

  @Override
  public void start(Listener listener) {
    uplink.start(
        new Listener() {
          @Override
          public void connected() {
            countConnection();
            listener.connected();
          }

          @Override
          public void disconnected(String reason) {
            listener.disconnected(reason);
          }

          @Override
          public void acknowledgement(byte[] body) {
            noteAcknowledgement(clock.instant());
            listener.acknowledgement(body);
          }
        });
  }

  private synchronized void countConnection() {
    health = new LinkHealth(health.connections() + 1, health.lastAcknowledgedAt());
  }

  private synchronized void noteAcknowledgement(Instant at) {
    health = new LinkHealth(health.connections(), Optional.of(at));
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    return uplink.publish(topic, payload);
  }

  @Override
  public CompletableFuture<String> ended() {
    return uplink.ended();
  }

  @Override
  public void close() {
    uplink.close();
  }
}
