package io.gympulse.cloud.api;

import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.alerts.AlertQuotas.Limits;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.config.ConnectionLimits;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.SiteCheck;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The command-line options of a process that serves the API, apart from its address.
public final class ApiOptions {
  @Option(
      names = "--demo-control",
      paramLabel = "URL",
      description = "The process that runs the demo; the page then shows the demo's controls.")
  private @Nullable URI demoControl;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "Maximum of open streams (default: ${DEFAULT-VALUE}).")
  private int streams = ConnectionLimits.STANDARD.total();

  @Option(
      names = "--streams-per-source",
      paramLabel = "N",
      description =
          "Maximum of open streams from one address; raise it behind a reverse proxy (default:"
              + " ${DEFAULT-VALUE}).")
  private int streamsPerSource = ConnectionLimits.STANDARD.perSource();

  @Option(
      names = "--alerts-per-user",
      paramLabel = "COUNT",
      description = "Active alerts of one member (default: ${DEFAULT-VALUE}).")
  private int perUser = Limits.STANDARD.perUser();

  @Option(
      names = "--alerts-per-machine",
      paramLabel = "COUNT",
      description = "Active alerts on one machine (default: ${DEFAULT-VALUE}).")
  private int perMachine = Limits.STANDARD.perMachine();

  @Option(
      names = "--alerts-per-source",
      paramLabel = "COUNT",
      description = "Alerts that one address may create at once (default: ${DEFAULT-VALUE}).")
  private int burst = Limits.STANDARD.burst();

  @Option(
      names = "--alerts-per-source-minute",
      paramLabel = "COUNT",
      description =
          "Alerts that one address may create per minute after that (default: ${DEFAULT-VALUE}).")
  private int perMinute = Limits.STANDARD.perMinute();

  @Option(
      names = "--alerts-per-source-machine",
      paramLabel = "COUNT",
      description =
          "Alerts on one machine that one address may create at once (default:"
              + " ${DEFAULT-VALUE}).")
  private int burstPerMachine = Limits.STANDARD.burstPerMachine();

  @Option(
      names = "--forwarded-for",
      description =
          "Take the client's address from the last entry of X-Forwarded-For. Only behind a proxy"
              + " that appends it: otherwise clients can forge the header.")
  private boolean forwardedFor;

  /// The limits on creating alerts.
  ///
  /// @throws IllegalArgumentException naming the invalid limit
  public AlertQuotas.Limits limits() {
    return new Limits(perUser, perMachine, burst, perMinute, burstPerMachine, forwardedFor);
  }

  /// @param names by which clients reach the server, besides the loopback's and the address that
  ///     they connect to
  /// @throws IllegalArgumentException naming the invalid option
  public ApiConfiguration configuration(
      String host, int port, Collection<String> names, ProcessClock clock, Duration offlineAfter) {
    names.stream()
        .filter(it -> !SiteCheck.isName(it))
        .findFirst()
        .ifPresent(
            it -> {
              throw new IllegalArgumentException(
                  "--name '%s' is not a host name or address".formatted(it));
            });
    if (demoControl != null && !isHttp(demoControl)) {
      throw new IllegalArgumentException(
          "--demo-control '%s' is not of the form http://HOST:PORT".formatted(demoControl));
    }
    return new ApiConfiguration(
        host,
        port,
        Optional.ofNullable(demoControl),
        clock,
        offlineAfter,
        new ApiConfiguration.Admission(
            Set.copyOf(names), new ConnectionLimits(streams, streamsPerSource)));
  }

  private static boolean isHttp(URI address) {
    return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        && address.getHost() != null
        && address.getPort() <= 65_535;
  }
}
