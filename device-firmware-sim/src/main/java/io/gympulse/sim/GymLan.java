package io.gympulse.sim;

import io.gympulse.sim.lan.EmbeddedBroker;
import io.gympulse.sim.lan.EmbeddedBroker.PortInUseException;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.sim.lan.LanPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The gym's network according to the options: a broker, hosted here or joined, and the publisher
/// that is connected to it.
record GymLan(Optional<EmbeddedBroker> hosted, LanAddress address, LanPublisher sensors)
    implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final Duration MAX_DRAIN = Duration.ofSeconds(2);

  static GymLan open(SimulatorOptions options, String clientId) throws UsageException, IOException {
    if (options.join.isPresent()) {
      if (options.listen.isPresent()) {
        throw new UsageException("--listen hosts a broker and --join joins one: give one of them");
      }
      LanAddress joined = options.join.get();
      return new GymLan(Optional.empty(), joined, new LanPublisher(joined, clientId));
    }
    LanAddress address = options.listen.orElse(SimulatorOptions.DEFAULT_LISTEN);
    try {
      EmbeddedBroker broker = EmbeddedBroker.start(address);
      return new GymLan(
          Optional.of(broker), broker.address(), new LanPublisher(broker.address(), clientId));
    } catch (PortInUseException e) {
      throw new UsageException(e.getMessage() + "; choose another with --listen HOST:PORT");
    }
  }

  /// Waits for the first connection, for any time.
  ///
  /// @return false if the stop was requested first
  boolean awaitConnection(StopSignal stop) throws InterruptedException {
    while (!sensors.connection().isDone()) {
      if (!stop.pause(POLL_INTERVAL)) {
        return false;
      }
    }
    return true;
  }

  /// Waits until the broker has accepted all publications, for at most two seconds.
  void drain(StopSignal stop) throws InterruptedException {
    for (Duration left = MAX_DRAIN;
        left.isPositive() && sensors.pending() > 0 && stop.pause(POLL_INTERVAL);
        left = left.minus(POLL_INTERVAL)) {}
  }

  @Override
  public void close() throws IOException {
    sensors.close();
    if (hosted.isPresent()) {
      hosted.get().close();
    }
  }
}
