package io.gympulse.cloud.api;

import io.gympulse.cloud.api.alerts.AlertQuotas.Limits;
import picocli.CommandLine.Option;

/// The options that limit how many alerts can be created.
final class AlertOptions {
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

  /// @throws IllegalArgumentException naming the invalid limit
  Limits limits() {
    return new Limits(perUser, perMachine, burst, perMinute, burstPerMachine, forwardedFor);
  }
}
