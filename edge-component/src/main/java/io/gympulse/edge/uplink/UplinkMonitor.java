package io.gympulse.edge.uplink;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Passes everything on to another uplink, and keeps what its events say of the link. Thread-safe.
public final class UplinkMonitor implements Uplink {
  private final Uplink uplink;
  private final InstantSource clock;
  private volatile LinkStatus status;

  /// What is known of the link.
  ///
  /// @param since when it became so, on the clock's timeline
  /// @param reason why it is not connected, else empty
  /// @param connections how often it was connected since the gateway started
  /// @param acknowledgedAt when the last acknowledgement arrived
  public record LinkStatus(
      boolean connected,
      Instant since,
      String reason,
      long connections,
      Optional<Instant> acknowledgedAt) {
    private LinkStatus acknowledged(Instant at) {
      return new LinkStatus(connected, since, reason, connections, Optional.of(at));
    }

    private LinkStatus changed(boolean now, Instant at, String why) {
      return new LinkStatus(
          now,
          now == connected ? since : at,
          why,
          now ? connections + 1 : connections,
          acknowledgedAt);
    }
  }

  public UplinkMonitor(Uplink uplink, InstantSource clock) {
    this.uplink = uplink;
    this.clock = clock;
    this.status = new LinkStatus(false, clock.instant(), "not connected yet", 0, Optional.empty());
  }

  public LinkStatus status() {
    return status;
  }

  @Override
  public void start(Listener listener) {
    uplink.start(new Monitored(listener));
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

  private synchronized void changed(boolean connected, String reason) {
    status = status.changed(connected, clock.instant(), reason);
  }

  private synchronized void acknowledged() {
    status = status.acknowledged(clock.instant());
  }

  private final class Monitored implements Listener {
    private final Listener listener;

    Monitored(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void connected() {
      changed(true, "");
      listener.connected();
    }

    @Override
    public void disconnected(String reason) {
      changed(false, reason);
      listener.disconnected(reason);
    }

    @Override
    public void acknowledgement(byte[] body) {
      acknowledged();
      listener.acknowledgement(body);
    }
  }
}
