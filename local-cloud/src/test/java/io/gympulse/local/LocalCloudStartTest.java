package io.gympulse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The start of a local cloud with existing data, and with resources that another one uses.
class LocalCloudStartTest {

  @TempDir private Path directory = Path.of("");
  private TestCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void a_shadow_is_kept_over_a_restart() throws Exception {
    String shadow = "$aws/things/gw-1/shadow/name/health/";
    try (DeviceClient device = cloud.connect()) {
      device.subscribe(shadow + "update/accepted");
      device.publish(shadow + "update", "{\"state\":{\"reported\":{\"a\":1}}}".getBytes(UTF_8));
      assertThat(device.take()).asString(UTF_8).contains("\"version\":1");
    }
    cloud.restart(ProcessClock.real());

    try (DeviceClient device = cloud.connect()) {
      device.subscribe(shadow + "get/accepted");
      device.publish(shadow + "get", new byte[0]);
      assertThat(device.take()).asString(UTF_8).contains("{\"reported\":{\"a\":1}}");
    }
  }

  @Test
  void a_resource_in_use_is_named_with_the_remedy() {
    assertThatThrownBy(() -> RunningCloud.start(cloud.settings(0, 0)))
        .hasMessageContaining("--data");
    DataFolder other = new DataFolder(directory.resolve("other"));
    assertThatThrownBy(() -> start(other, cloud.mqttPort(), 0)).hasMessageContaining("--mqtt-port");
    assertThatThrownBy(() -> start(other, 0, cloud.httpPort())).hasMessageContaining("--http-port");
  }

  @Test
  void an_address_of_the_page_that_cannot_be_used_is_named_with_the_remedy() {
    assertThatThrownBy(() -> startApi("127.0.0.1", cloud.apiPort()))
        .hasMessageContaining("in use; choose another with --api-port");
    assertThatThrownBy(() -> startApi("203.0.113.9", 0))
        .hasMessageContaining("cannot serve the page on 203.0.113.9")
        .hasMessageContaining("--api-host");
    assertThatThrownBy(() -> startApi("nonsense.invalid", 0))
        .hasMessageContaining(
            "'nonsense.invalid' is not an address of this machine; see --api-host");
  }

  private void startApi(String host, int port) throws IOException {
    DataFolder other = new DataFolder(directory.resolve("other"));
    RunningCloud.start(TestCloud.settings(other, 0, 0, host, port, ProcessClock.real())).close();
  }

  private static void start(DataFolder data, int mqttPort, int httpPort) throws IOException {
    RunningCloud.start(TestCloud.settings(data, mqttPort, httpPort, ProcessClock.real())).close();
  }
}
