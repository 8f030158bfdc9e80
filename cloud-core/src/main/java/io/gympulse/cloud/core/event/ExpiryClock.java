package io.gympulse.cloud.core.event;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clock by which a store's content expires: the process's own, held back where [ExpiryTime]
/// does not trust it. What is known of the time is kept, so that a restart changes nothing. Safe
/// for any number of threads; reading the time waits for nobody, as it is read within the store's
/// transactions, which the keeper may have to wait for.
public final class ExpiryClock implements InstantSource {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiryClock.class);

  private final ProcessClock clock;
  private final Consumer<ExpiryTime> keeper;
  private volatile ExpiryTime time;
  private long steppedAt;
  private boolean holding;
  private volatile long leaps;

  /// @param clock the process's own
  /// @param time what was kept last
  /// @param keeper makes it durable
  public ExpiryClock(ProcessClock clock, ExpiryTime time, Consumer<ExpiryTime> keeper) {
    this.clock = clock;
    this.keeper = keeper;
    this.time = time;
    this.steppedAt = clock.nanos();
  }

  /// @param heldBack by how much expiry stays behind the process's clock; zero while that is
  ///     trusted
  /// @param leaps how often the process's clock ran ahead of what could be known, since the
  ///     start
  public record Standing(Instant time, Duration heldBack, long leaps) {}

  /// The time by which things expire; never later than the process's clock.
  @Override
  public Instant instant() {
    return time.at(clock.instant());
  }

  /// Notes that time has passed. To be called every few seconds.
  ///
  /// @param witness the latest time at which a gateway is known to have spoken
  public synchronized Standing advance(Optional<Instant> witness) {
    long nanos = clock.nanos();
    Instant wall = clock.instant();
    keep(time.after(Duration.ofNanos(nanos - steppedAt), wall, witness));
    steppedAt = nanos;
    boolean ahead = time.behind(wall).isPositive();
    if (ahead && !holding) {
      leaps = leaps + 1;
      LOG.warn(
          "the clock shows {}, and nothing else says that it is later than {}: what expires is kept"
              + " by the earlier time. Set the clock; if it is right, gateways will say so, or POST"
              + " /expiry/accept-time",
          wall,
          time.known());
    } else if (!ahead && holding) {
      LOG.info("what expires follows the clock again, which shows {}", wall);
    }
    holding = ahead;
    return standing();
  }

  /// Follows the process's clock from now on, wherever it is: an operator says that it is right.
  public synchronized Standing accept() {
    Instant wall = clock.instant();
    LOG.warn("an operator accepts the time {} in place of {}", wall, time.known());
    keep(new ExpiryTime(wall));
    steppedAt = clock.nanos();
    holding = false;
    return standing();
  }

  public Standing standing() {
    Instant wall = clock.instant();
    ExpiryTime now = time;
    return new Standing(now.at(wall), now.behind(wall), leaps);
  }

  private void keep(ExpiryTime next) {
    keeper.accept(next);
    time = next;
  }
}
