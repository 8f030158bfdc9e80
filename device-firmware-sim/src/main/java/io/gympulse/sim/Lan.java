package io.gympulse.sim;

import io.gympulse.sim.lan.LanAddress;
import io.gympulse.sim.lan.LanBroker;
import io.gympulse.sim.lan.LanPublisher;
import io.gympulse.sim.lan.PortTakenException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The network as the options ask for it: a hosted broker or a joined one, and the sensors' way to
/// it.
record Lan(Optional<LanBroker> hosted, LanAddress address, LanPublisher sensors)
    implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

  static Lan open(SimulatorOptions options, String clientId) throws Refusal, IOException {
    if (options.join.isPresent()) {
      if (options.listen.isPresent()) {
        throw new Refusal("--listen hosts a broker and --join joins one: give one of them");
      }
      LanAddress joined = options.join.get();
      return new Lan(Optional.empty(), joined, new LanPublisher(joined, clientId));
    }
    LanAddress wanted = options.listen.orElse(SimulatorOptions.DEFAULT_LISTEN);
    try {
      LanBroker broker = LanBroker.start(wanted);
      LanAddress address = broker.address();
      return new Lan(Optional.of(broker), address, new LanPublisher(address, clientId));
    } catch (PortTakenException e) {
      throw new Refusal(e.getMessage() + "; choose another with --listen HOST:PORT");
    }
  }

  /// Waits for the first connection, however long it takes.
  ///
  /// @return false if the stop came first
  boolean awaitConnection(Stop stop) throws InterruptedException {
    while (!sensors.connection().isDone()) {
      if (!stop.pause(LOOK)) {
        return false;
      }
    }
    return true;
  }

  /// Waits until the broker has taken all that was published, at most two seconds.
  void drain(Stop stop) throws InterruptedException {
    for (Duration left = LONGEST_DRAIN;
        left.isPositive() && sensors.pending() > 0 && stop.pause(LOOK);
        left = left.minus(LOOK)) {}
  }

  @Override
  public void close() throws IOException {
    sensors.close();
    if (hosted.isPresent()) {
      hosted.get().close();
    }
  }
}
