package io.gympulse.system.environment;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.system.link.NetworkLink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The whole system as running processes: the cloud, and a [GymProcesses] per gym.
/// Closing it ends every process it started.
public final class TestEnvironment implements AutoCloseable {
  private final EnvironmentConfig config;
  private final CloudProcess cloud;
  private final List<GymProcesses> gyms = new ArrayList<>();

  private TestEnvironment(EnvironmentConfig config) throws IOException {
    this.config = config;
    this.cloud = new CloudProcess(config);
  }

  /// Starts everything: the cloud, then per gym simulator and gateway.
  ///
  /// @param progress called with a short line before each step
  public static TestEnvironment start(EnvironmentConfig config, Consumer<String> progress)
      throws IOException, InterruptedException, FloorPlanException {
    TestEnvironment environment = new TestEnvironment(config);
    try {
      environment.startAll(progress);
      return environment;
    } catch (IOException | InterruptedException | FloorPlanException | RuntimeException e) {
      environment.close();
      throw e;
    }
  }

  private void startAll(Consumer<String> progress)
      throws IOException, InterruptedException, FloorPlanException {
    Files.createDirectories(config.data().resolve("floor-plans"));
    for (Path file : config.floorPlans()) {
      prepare(file);
    }
    progress.accept("certificates for " + gyms.size() + " gateways");
    for (GymProcesses gym : gyms) {
      // Every second gateway uses Basic Ingest, so that both paths are exercised.
      GatewayProvisioning.provision(config, gym, gyms.indexOf(gym) % 2 == 1);
    }
    progress.accept("cloud: broker, rules, ingest, API and page");
    cloud.start();
    for (GymProcesses gym : gyms) {
      progress.accept(gym.floorPlan().gym().name() + ": sensors and gateway");
      if (config.sensors() instanceof EnvironmentConfig.SensorInput.Simulated simulated) {
        gym.startSimulator(simulated);
      }
      gym.startGateway();
    }
  }

  private void prepare(Path file) throws IOException, FloorPlanException {
    FloorPlan floorPlan = FloorPlanFile.read(file);
    Path folder = Files.createDirectories(config.data().resolve(floorPlan.gym().id().value()));
    Path own = config.data().resolve("floor-plans").resolve(floorPlan.gym().id() + ".json");
    Files.copy(file, own, StandardCopyOption.REPLACE_EXISTING);
    int lanPort =
        switch (config.sensors()) {
          case EnvironmentConfig.SensorInput.Simulated _ -> Ports.free();
          case EnvironmentConfig.SensorInput.External external -> external.lanPort();
        };
    gyms.add(
        new GymProcesses(
            config, floorPlan, own, folder, NetworkLink.to(cloud.mqttPort()), lanPort));
  }

  public CloudProcess cloud() {
    return cloud;
  }

  /// The cloud's SQLite file.
  public Path database() {
    return cloud.database();
  }

  /// The cloud's HTTP address for devices' reports, operators' requests and health.
  public URI cloudUri() {
    return cloud.cloudUri();
  }

  /// The HTTP address of API and page.
  public URI apiUri() {
    return cloud.apiUri();
  }

  public List<GymProcesses> gyms() {
    return List.copyOf(gyms);
  }

  /// The sums of all gateways' counters.
  public OutboxCounters counters() {
    return gyms.stream()
        .map(GymProcesses::counters)
        .reduce(OutboxCounters.ZERO, OutboxCounters::plus);
  }

  /// Ends all processes also if this one is terminated before [#close] is called.
  public void closeOnShutdown() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    close();
                  } catch (IOException e) {
                    System.err.println("not everything could be stopped: " + e.getMessage());
                  }
                }));
  }

  /// Gateways end first, so that they do not record their sensors as unavailable.
  @Override
  public void close() throws IOException {
    gyms.forEach(GymProcesses::terminateGateway);
    gyms.forEach(GymProcesses::closeGateway);
    gyms.forEach(GymProcesses::terminateSimulator);
    cloud.terminate();
    for (GymProcesses gym : gyms) {
      gym.close();
    }
    cloud.close();
  }
}
