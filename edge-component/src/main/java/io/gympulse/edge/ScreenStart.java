package io.gympulse.edge;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.edge.binding.BindingService;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.ScreenSettings;
import io.gympulse.edge.screen.GatewayParts;
import io.gympulse.edge.screen.InstallerScreen;
import io.gympulse.edge.screen.InstallerScreen.Facts;
import io.gympulse.edge.screen.ScreenIdentity;
import io.gympulse.edge.screen.ScreenServer;
import io.gympulse.edge.sensing.gpio.chardev.CharacterDevices;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the installer's screen of a gateway. If it cannot start, that is logged and the gateway
/// runs without it.
final class ScreenStart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScreenStart.class);
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Duration RECONCILE_INTERVAL = Duration.ofSeconds(5);

  private final ScreenServer server;
  private final BindingService binding;

  private ScreenStart(ScreenServer server, BindingService binding) {
    this.server = server;
    this.binding = binding;
  }

  /// @param parts given the floor plan, what the screen shows
  static Optional<ScreenStart> start(
      GatewayConfiguration configuration,
      GatewayTime time,
      ProcessClock pace,
      Function<FloorPlan, GatewayParts> parts) {
    return configuration.screen().flatMap(it -> start(it, configuration, time, pace, parts));
  }

  private static Optional<ScreenStart> start(
      ScreenSettings settings,
      GatewayConfiguration configuration,
      GatewayTime time,
      ProcessClock pace,
      Function<FloorPlan, GatewayParts> parts) {
    PrintStream out = System.out;
    String host = hostName();
    String gateway = configuration.address().gateway().value();
    try {
      Optional<ScreenIdentity> identity =
          settings.tls()
              ? Optional.of(ScreenIdentity.of(configuration.dataDir(), gateway, host))
              : Optional.empty();
      String fingerprint = identity.map(ScreenIdentity::fingerprint).orElse("");
      BindingService binding =
          new BindingService(
              settings.floorPlan(),
              configuration.lan(),
              gateway + "-binding",
              new LineReader(new CharacterDevices(), RECONCILE_INTERVAL),
              time);
      InstallerScreen screen =
          new InstallerScreen(
              parts.apply(FloorPlanFile.read(settings.floorPlan())),
              binding,
              new Facts(version(), Runtime.version().toString(), fingerprint));
      ScreenServer server =
          ScreenServer.bind(
              settings,
              identity,
              host,
              screen,
              pace::nanos,
              code -> out.printf("screen: pairing code=%s%n", code));
      out.printf(
          "screen: url=%s://%s:%d/ fingerprint=%s%n",
          settings.tls() ? "https" : "http",
          settings.host().equals("0.0.0.0") ? host : settings.host(),
          server.port(),
          fingerprint);
      server.start();
      return Optional.of(new ScreenStart(server, binding));
    } catch (IOException | FloorPlanException e) {
      LOG.error(
          "the installer's screen cannot be served on {}:{}: {}; the gateway runs without it",
          settings.host(),
          settings.port(),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      LOG.debug("the host name is not known", e);
      return "localhost";
    }
  }

  private static String version() {
    return Optional.ofNullable(Gateway.class.getPackage())
        .map(Package::getImplementationVersion)
        .orElse("unpackaged");
  }

  @Override
  public void close() {
    server.close();
    binding.close();
  }
}
