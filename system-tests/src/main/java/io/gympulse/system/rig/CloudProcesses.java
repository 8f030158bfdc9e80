package io.gympulse.system.rig;

import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cloud and its API as processes, on ports that stay the same when one is started again.
public final class CloudProcesses implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final RigPlan plan;
  private final int mqttPort;
  private final int feedPort;
  private Optional<ManagedProcess> cloud = Optional.empty();
  private Optional<ManagedProcess> api = Optional.empty();
  private int apiPort;

  CloudProcesses(RigPlan plan) throws IOException {
    this.plan = plan;
    this.mqttPort = Ports.free();
    this.feedPort = Ports.free();
    this.apiPort = plan.apiPort() == 0 ? Ports.free() : plan.apiPort();
  }

  public void startCloud() throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                plan.cloudFolder().toString(),
                "--mqtt-port",
                Integer.toString(mqttPort),
                "--feed-port",
                Integer.toString(feedPort),
                "--floor-plans",
                plan.data().resolve("floor-plans").toString(),
                "--connections",
                page().toString(),
                "--mail-folder",
                plan.data().resolve("mail").toString(),
                "--offline-after",
                Long.toString(plan.timing().offlineAfter().toSeconds()),
                "--acknowledge-within",
                Long.toString(plan.timing().acknowledgeWithin().toSeconds())));
    if (plan.faults()) {
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
                feed().toString(),
                "--port",
                Integer.toString(apiPort),
                "--offline-after",
                Long.toString(plan.timing().offlineAfter().toSeconds())));
    plan.demoControl().ifPresent(it -> arguments.addAll(List.of("--demo-control", it)));
    ManagedProcess started = start("api", arguments);
    api = Optional.of(started);
    apiPort = Math.toIntExact(started.awaitReady(START_LIMIT).number("http"));
  }

  private ManagedProcess start(String component, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    plan.clock().ifPresent(it -> all.addAll(List.of("--clock", it)));
    return ManagedProcess.start(
        component,
        plan.launcher().process(component, all),
        plan.data().resolve(component + ".log"),
        _ -> {});
  }

  int mqttPort() {
    return mqttPort;
  }

  /// The cloud's store.
  public Path database() {
    return plan.cloudFolder().resolve("cloud.db");
  }

  /// Where the cloud serves its feed and, if allowed, takes orders to fail.
  public URI feed() {
    return URI.create("http://127.0.0.1:" + feedPort);
  }

  /// Where members find the page.
  public URI page() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  public ManagedProcess cloud() {
    return cloud.orElseThrow(() -> new IllegalStateException("the cloud was not started"));
  }

  public ManagedProcess api() {
    return api.orElseThrow(() -> new IllegalStateException("the API was not started"));
  }

  /// Asks the API to end.
  void terminateApi() {
    api.ifPresent(ManagedProcess::terminate);
  }

  @Override
  public void close() {
    api.ifPresent(ManagedProcess::close);
    cloud.ifPresent(ManagedProcess::close);
  }
}
