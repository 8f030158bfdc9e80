package io.gympulse.system.environment;

import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cloud's process: broker, ingest, operators' requests, API and page. Its ports stay the same
/// when it is started again.
public final class CloudProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final EnvironmentConfig config;
  private final int mqttPort;
  private final int httpPort;
  private final int apiPort;
  private Optional<ManagedProcess> process = Optional.empty();

  CloudProcess(EnvironmentConfig config) throws IOException {
    this.config = config;
    this.mqttPort = Ports.free();
    this.httpPort = Ports.free();
    this.apiPort = config.apiPort() == 0 ? Ports.free() : config.apiPort();
  }

  /// Starts it, and returns when it serves on all its ports.
  public void start() throws IOException, InterruptedException {
    ManagedProcess started =
        ManagedProcess.start(
            "cloud",
            config.launcher().process("cloud", arguments()),
            config.data().resolve("cloud.log"),
            _ -> {});
    process = Optional.of(started);
    started.awaitReady(START_LIMIT);
  }

  private List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                config.cloudFolder().toString(),
                "--mqtt-port",
                Integer.toString(mqttPort),
                "--http-port",
                Integer.toString(httpPort),
                "--api-port",
                Integer.toString(apiPort),
                "--floor-plans",
                config.data().resolve("floor-plans").toString(),
                "--mail-folder",
                config.data().resolve("mail").toString(),
                "--offline-after",
                Long.toString(config.timing().offlineAfter().toSeconds()),
                "--acknowledge-within",
                Long.toString(config.timing().acknowledgeWithin().toSeconds())));
    if (config.allowFaults()) {
      arguments.add("--allow-faults");
    }
    config.demoControl().ifPresent(it -> arguments.addAll(List.of("--demo-control", it)));
    config.clock().ifPresent(it -> arguments.addAll(List.of("--clock", it)));
    return arguments;
  }

  int mqttPort() {
    return mqttPort;
  }

  /// The cloud's SQLite file.
  public Path database() {
    return config.cloudFolder().resolve("cloud.db");
  }

  /// The bearer token that the running cloud requires of operators.
  public String operatorToken() throws IOException {
    return Files.readString(config.cloudFolder().resolve("operator.token")).strip();
  }

  /// The HTTP address for devices' reports, operators' requests, health and, if allowed, fault
  /// injection.
  public URI cloudUri() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /// The HTTP address of API and page.
  public URI apiUri() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  /// The process that was started last.
  public ManagedProcess process() {
    return process.orElseThrow(() -> new IllegalStateException("the cloud was not started"));
  }

  /// Sends SIGTERM and does not wait.
  void terminate() {
    process.ifPresent(ManagedProcess::terminate);
  }

  @Override
  public void close() {
    process.ifPresent(ManagedProcess::close);
  }
}
