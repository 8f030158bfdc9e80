package io.gympulse.cloud.core.event;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clock by which a store's content expires: the process's own, held back while [ExpiryTime]
/// does not trust it. The confirmed time is stored, so that a restart changes nothing. Safe for any
/// number of threads. Reading the time never blocks: it is read within the store's transactions,
/// which the keeper may have to wait for.
public final class ExpiryClock implements InstantSource {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiryClock.class);

  private final ProcessClock clock;
  private final Consumer<ExpiryTime> keeper;
  private volatile ExpiryTime time;
  private long steppedAt;
  private boolean holding;
  private volatile long clockJumps;

  /// @param clock the process's own
  /// @param time as last stored
  /// @param keeper stores it durably
  public ExpiryClock(ProcessClock clock, ExpiryTime time, Consumer<ExpiryTime> keeper) {
    this.clock = clock;
    this.keeper = keeper;
    this.time = time;
    this.steppedAt = clock.nanos();
  }

  /// @param heldBack by how much expiry stays behind the process's clock; zero while that is
  ///     trusted
  /// @param clockJumps how often the process's clock ran ahead of the confirmed time, since the
  ///     start
  public record Status(Instant time, Duration heldBack, long clockJumps) {}

  /// The time by which content expires; never later than the process's clock.
  @Override
  public Instant instant() {
    return time.at(clock.instant());
  }

  /// Advances the confirmed time. To be called every few seconds.
  ///
  /// @param contact the latest time at which a gateway is known to have sent a message
  public synchronized Status advance(Optional<Instant> contact) {
    long nanos = clock.nanos();
    Instant wall = clock.instant();
    keep(time.after(Duration.ofNanos(nanos - steppedAt), wall, contact));
    steppedAt = nanos;
    boolean ahead = time.behind(wall).isPositive();
    if (ahead && !holding) {
      clockJumps = clockJumps + 1;
      LOG.warn(
          "the clock shows {}, but no other evidence confirms a time later than {}: expiry uses the"
              + " earlier time. Set the clock; if it is right, gateways' messages will confirm it, or"
              + " POST /expiry/accept-time",
          wall,
          time.known());
    } else if (!ahead && holding) {
      LOG.info("expiry follows the clock again, which shows {}", wall);
    }
    holding = ahead;
    return status();
  }

  /// Follows the process's clock from now on, whatever it shows: an operator confirms it.
  public synchronized Status accept() {
    Instant wall = clock.instant();
    LOG.warn("an operator accepts the time {} in place of {}", wall, time.known());
    keep(new ExpiryTime(wall));
    steppedAt = clock.nanos();
    holding = false;
    return status();
  }

  public Status status() {
    Instant wall = clock.instant();
    ExpiryTime now = time;
    return new Status(now.at(wall), now.behind(wall), clockJumps);
  }

  private void keep(ExpiryTime next) {
    keeper.accept(next);
    time = next;
  }
}
