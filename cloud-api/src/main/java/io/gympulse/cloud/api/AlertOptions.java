package io.gympulse.cloud.api;

import io.gympulse.cloud.api.setting.AlertLimits;
import picocli.CommandLine.Option;

/// The options that bound how many alerts are made.
final class AlertOptions {
  @Option(
      names = "--alerts-per-user",
      paramLabel = "COUNT",
      description = "Active alerts of one member (default: ${DEFAULT-VALUE}).")
  private int perUser = AlertLimits.STANDARD.perUser();

  @Option(
      names = "--alerts-per-machine",
      paramLabel = "COUNT",
      description = "Active alerts on one machine (default: ${DEFAULT-VALUE}).")
  private int perMachine = AlertLimits.STANDARD.perMachine();

  @Option(
      names = "--alerts-per-source",
      paramLabel = "COUNT",
      description = "Alerts that one address may make at once (default: ${DEFAULT-VALUE}).")
  private int burst = AlertLimits.STANDARD.burst();

  @Option(
      names = "--alerts-per-source-minute",
      paramLabel = "COUNT",
      description =
          "Alerts that one address may make each minute then (default: ${DEFAULT-VALUE}).")
  private int perMinute = AlertLimits.STANDARD.perMinute();

  @Option(
      names = "--alerts-per-source-machine",
      paramLabel = "COUNT",
      description =
          "Alerts on one machine that one address may make at once (default: ${DEFAULT-VALUE}).")
  private int burstPerMachine = AlertLimits.STANDARD.burstPerMachine();

  @Option(
      names = "--forwarded-for",
      description =
          "A proxy in front says in X-Forwarded-For from where a request comes. Only then: others"
              + " can write there what they want.")
  private boolean forwarded;

  /// @throws IllegalArgumentException naming what is wrong
  AlertLimits limits() {
    return new AlertLimits(perUser, perMachine, burst, perMinute, burstPerMachine, forwarded);
  }
}
