package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.identity.Role;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.identity.DevelopmentKeyFile;
import io.gympulse.local.provision.CommandErrors;
import io.gympulse.local.provision.Provision;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A local cloud with one gym, and the files of its gateway.
final class TestCloud implements AutoCloseable {

  private static final String PLAN =
      """
      {"gym":{"id":"gym-1","name":"One","latitude":1.0,"longitude":2.0,"zone":"Europe/Zurich"},
       "gateway":"gw-1",
       "machines":[{"id":"m-1","category":"bike","name":"Bike 1","x":1.0,"y":1.0,
         "sensors":[{"id":"s-1","behaviour":"level","source":{"type":"mqtt","format":"json",
           "topic":"gym/m-1","property":"active","activeWhen":true}}]}]}
      """;
  static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("gym-1"), new GatewayId("gw-1"));

  private final Path directory;
  private RunningCloud cloud;

  /// Provisions the gateway, and starts the cloud.
  ///
  /// @param directory an empty one
  TestCloud(Path directory) throws IOException {
    this.directory = directory;
    Path plan = Files.writeString(directory.resolve("plan.json"), PLAN);
    provision(
        "--gym=gym-1",
        "--gateway=gw-1",
        "--out=" + directory.resolve("gw"),
        "--floor-plan=" + plan);
    this.cloud = RunningCloud.start(settings(0, 0));
  }

  private void provision(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + data().root());
    int exit = CommandErrors.commandLine(new Provision()).execute(all.toArray(String[]::new));
    assertThat(exit).isZero();
  }

  /// Restarts with the same data.
  void restart(ProcessClock clock) throws IOException {
    cloud.close();
    cloud = RunningCloud.start(settings(data(), 0, 0, clock));
  }

  /// Restarts after a change to its data.
  void restart(Runnable meanwhile) throws IOException {
    cloud.close();
    meanwhile.run();
    cloud = RunningCloud.start(settings(0, 0));
  }

  int mqttPort() {
    return cloud.mqttPort();
  }

  int httpPort() {
    return cloud.httpPort();
  }

  int apiPort() {
    return cloud.apiPort();
  }

  DataFolder data() {
    return new DataFolder(directory.resolve("data"));
  }

  /// The gateway.
  DeviceClient connect() throws Exception {
    return DeviceClient.connect(directory.resolve("gw"), "gw-1", cloud.mqttPort());
  }

  /// An observer of rejected messages.
  DeviceClient connectObserver() throws Exception {
    provision("--observer=eye", "--replace", "--out=" + directory.resolve("eye"));
    return DeviceClient.connect(directory.resolve("eye"), "eye", cloud.mqttPort());
  }

  /// An API process.
  DeviceClient connectApi(String name) throws Exception {
    provision("--api=" + name, "--out=" + directory.resolve(name));
    return DeviceClient.connect(directory.resolve(name), name, cloud.mqttPort());
  }

  /// A machine that reports its status itself.
  DeviceClient connectMachine(String machine) throws Exception {
    provision("--gym=gym-1", "--machine=" + machine, "--out=" + directory.resolve(machine));
    return DeviceClient.connect(directory.resolve(machine), machine, cloud.mqttPort());
  }

  /// As an operator.
  InputStream get(String path) throws IOException {
    URLConnection connection =
        URI.create("http://127.0.0.1:" + cloud.httpPort() + path).toURL().openConnection();
    connection.setRequestProperty(
        "Authorization", "Bearer " + Files.readString(data().operatorToken()).strip());
    return connection.getInputStream();
  }

  /// A member's response of the API.
  JsonNode api(String path) throws IOException {
    try (InputStream body =
        URI.create("http://127.0.0.1:" + cloud.apiPort() + path).toURL().openStream()) {
      return new ObjectMapper().readTree(body);
    }
  }

  /// What an operator of the gym reads.
  JsonNode apiAsOperator(GymId gym, String path) throws IOException {
    String token =
        DevelopmentKeyFile.read(data().developmentKey())
            .sign(
                new UserId("operator"),
                List.of(new Role.Operator(gym)),
                ProcessClock.real().instant(),
                Duration.ofHours(1));
    URLConnection request =
        URI.create("http://127.0.0.1:" + cloud.apiPort() + path).toURL().openConnection();
    request.setRequestProperty("Authorization", "Bearer " + token);
    try (InputStream body = request.getInputStream()) {
      return new ObjectMapper().readTree(body);
    }
  }

  /// Opens a member's stream, and waits for its hello.
  MemberStream stream() throws InterruptedException {
    return MemberStream.open(cloud.apiPort());
  }

  /// The response of `/health`.
  JsonNode health() throws IOException {
    try (InputStream body = get("/health")) {
      return new ObjectMapper().readTree(body);
    }
  }

  CloudSettings settings(int mqttPort, int httpPort) {
    return settings(data(), mqttPort, httpPort, ProcessClock.real());
  }

  static CloudSettings settings(DataFolder data, int mqttPort, int httpPort, ProcessClock clock) {
    return settings(data, mqttPort, httpPort, "127.0.0.1", 0, clock);
  }

  static CloudSettings settings(
      DataFolder data,
      int mqttPort,
      int httpPort,
      String apiHost,
      int apiPort,
      ProcessClock clock) {
    return new CloudSettings(
        data,
        "127.0.0.1",
        List.of(),
        mqttPort,
        httpPort,
        Optional.empty(),
        Duration.ofMinutes(5),
        Duration.ofSeconds(1),
        false,
        NotificationSettings.NONE,
        new ApiConfiguration(
            apiHost,
            apiPort,
            Optional.empty(),
            clock,
            Duration.ofMinutes(5),
            ApiConfiguration.Admission.STANDARD),
        new IdentitySettings(Optional.empty(), false),
        AlertQuotas.Limits.STANDARD,
        clock);
  }

  @Override
  public void close() {
    cloud.close();
  }
}
