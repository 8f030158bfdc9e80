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

/// The processes of cloud and API. Their ports stay the same when one is started again.
public final class CloudProcesses implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final EnvironmentConfig config;
  private final int mqttPort;
  private final int httpPort;
  private Optional<ManagedProcess> cloud = Optional.empty();
  private Optional<ManagedProcess> api = Optional.empty();
  private int apiPort;

  CloudProcesses(EnvironmentConfig config) throws IOException {
    this.config = config;
    this.mqttPort = Ports.free();
    this.httpPort = Ports.free();
    this.apiPort = config.apiPort() == 0 ? Ports.free() : config.apiPort();
  }

  public void startCloud() throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                config.cloudFolder().toString(),
                "--mqtt-port",
                Integer.toString(mqttPort),
                "--feed-port",
                Integer.toString(httpPort),
                "--floor-plans",
                config.data().resolve("floor-plans").toString(),
                "--connections",
                apiUri().toString(),
                "--mail-folder",
                config.data().resolve("mail").toString(),
                "--offline-after",
                Long.toString(config.timing().offlineAfter().toSeconds()),
                "--acknowledge-within",
                Long.toString(config.timing().acknowledgeWithin().toSeconds())));
    if (config.allowFaults()) {
      arguments.add("--allow-faults");
    }
    ManagedProcess started = start("cloud", arguments);
    cloud = Optional.of(started);
    started.awaitReady(START_LIMIT);
  }

  public void startApi() throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--database",
                database().toString(),
                "--feed",
                cloudUri().toString(),
                "--port",
                Integer.toString(apiPort),
                "--offline-after",
                Long.toString(config.timing().offlineAfter().toSeconds())));
    config.demoControl().ifPresent(it -> arguments.addAll(List.of("--demo-control", it)));
    ManagedProcess started = start("api", arguments);
    api = Optional.of(started);
    apiPort = Math.toIntExact(started.awaitReady(START_LIMIT).number("http"));
  }

  private ManagedProcess start(String component, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    config.clock().ifPresent(it -> all.addAll(List.of("--clock", it)));
    return ManagedProcess.start(
        component,
        config.launcher().process(component, all),
        config.data().resolve(component + ".log"),
        _ -> {});
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

  /// The cloud's HTTP address: feed, health and, if allowed, fault injection.
  public URI cloudUri() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /// The HTTP address of API and page.
  public URI apiUri() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  public ManagedProcess cloud() {
    return cloud.orElseThrow(() -> new IllegalStateException("the cloud was not started"));
  }

  public ManagedProcess api() {
    return api.orElseThrow(() -> new IllegalStateException("the API was not started"));
  }

  /// Sends SIGTERM to the API and does not wait.
  void terminateApi() {
    api.ifPresent(ManagedProcess::terminate);
  }

  /// Sends SIGTERM to the cloud and does not wait.
  void terminateCloud() {
    cloud.ifPresent(ManagedProcess::terminate);
  }

  @Override
  public void close() {
    api.ifPresent(ManagedProcess::close);
    cloud.ifPresent(ManagedProcess::close);
  }
}
