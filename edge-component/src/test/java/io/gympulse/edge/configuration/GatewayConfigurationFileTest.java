package io.gympulse.edge.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.uplink.UplinkSettings;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigurationFileTest {
  private static final String PLAN =
      """
      {"gym":{"id":"g","name":"Gym","latitude":47.4,"longitude":8.5,"zone":"Europe/Zurich"},
       "gateway":"g-gw",
       "machines":[
        {"id":"m-1","category":"bike","name":"Bike","x":1,"y":2.5,"sensors":[
          {"id":"s-1","behaviour":"level","source":{"type":"mqtt","format":"json",
           "topic":"z/m-1","property":"active","activeWhen":true}}]},
        {"id":"m-2","category":"bike","name":"Bike","x":1,"y":2.5,"sensors":[]}]}""";
  private static final String VALID =
      """
      {"gym":"g", "gateway":"g-gw", "floorPlan":"plan.json", "dataDir":"data",
       "lan":{"host":"127.0.0.1","port":1883}, "machines":["m-1"],
       "uplink":{"host":"127.0.0.1","port":8883,
                 "certificate":"c.pem","privateKey":"c.key","rootCa":"ca.pem"},
       "retrySeconds":12.5}""";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("plan.json"), PLAN);
    for (String name : new String[] {"c.pem", "c.key", "ca.pem"}) {
      Files.writeString(folder.resolve(name), "pem");
    }
    Files.writeString(folder.resolve("empty"), "\n");
    Files.writeString(folder.resolve("secret"), "x");
  }

  @Test
  void a_valid_file_gives_every_value_and_the_defaults() throws Exception {
    GatewayConfiguration read = read(VALID);
    assertThat(read.address().gym()).hasToString("g");
    assertThat(read.machines()).extracting(Machine::name).containsExactly("Bike");
    assertThat(read.dataDir()).isEqualTo(folder.resolve("data"));
    assertThat(read.uplink())
        .isInstanceOfSatisfying(
            UplinkSettings.Direct.class,
            it -> assertThat(it.rootCa()).isEqualTo(folder.resolve("ca.pem")));
    assertThat(read.uplink().topics()).isEqualTo(TopicMode.PLAIN);
    assertThat(read.lan()).hasValueSatisfying(it -> assertThat(it.port()).isEqualTo(1883));
    assertThat(read.timing().retry()).isEqualTo(Duration.ofMillis(12_500));
    assertThat(read.timing().heartbeat()).isEqualTo(Duration.ofMinutes(1));
    assertThat(read.timing().stuckAfter()).isEqualTo(Duration.ofHours(6));
    assertThat(read.timing().clock()).isEqualTo(ClockTrust.KERNEL);
  }

  @Test
  void messages_may_use_basic_ingest() throws Exception {
    assertThat(
            read(VALID.replace("\"rootCa\"", "\"topics\":\"basic-ingest\",\"rootCa\""))
                .uplink()
                .topics())
        .isEqualTo(TopicMode.BASIC_INGEST);
  }

  @Test
  void the_sensors_broker_may_require_a_username_and_a_password() throws Exception {
    Files.writeString(folder.resolve("secret"), "s3cr3t\n");
    GatewayConfiguration read =
        read(
            VALID.replace(
                "\"port\":1883", "\"port\":1883,\"username\":\"gw\",\"passwordFile\":\"secret\""));
    LanBrokerConfig lan = read.lan().orElseThrow();
    assertThat(lan.login()).contains(new LanBrokerConfig.Login("gw", "s3cr3t"));
    assertThat(lan.session()).hasSeconds(300);
    assertThat(read.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void the_sensors_broker_may_keep_no_session() throws Exception {
    GatewayConfiguration read =
        read(VALID.replace("\"port\":1883", "\"port\":1883,\"sessionSeconds\":0"));
    assertThat(read.lan().orElseThrow().session()).isZero();
  }

  @Test
  void with_a_screen_no_machine_needs_a_sensor_yet() throws Exception {
    assertThat(read(VALID).screen()).isEmpty();
    String screen = "\"screen\":{\"listen\":\"[::1]:8443\",\"tls\":false}";
    GatewayConfiguration read =
        read(VALID.replace("\"m-1\"", "\"m-2\"").replace("\"retrySeconds\":12.5", screen));
    assertThat(read.machines()).isEmpty();
    assertThat(read.screen())
        .contains(new ScreenSettings("[::1]", 8443, false, folder.resolve("plan.json")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"gym\":\"g\" | \"gym\":\"h\" | key 'gym': found 'h', but the floor plan is of gym 'g'",
        "\"g-gw\" | \"h-gw\" | key 'gateway': found 'h-gw'",
        "\"gym\":\"g\" | \"gym\":\"G!\" | key 'gym': gym id 'G!' is not of the form",
        "\"gym\":\"g\", | `` | key 'gym' is missing; give the gym's id",
        "[\"m-1\"] | [\"m-9\"] | key 'machines[0]': found 'm-9'; the floor plan has no such machine",
        "[\"m-1\"] | [\"m-2\"] | no machine of this gateway has a sensor",
        "\"retrySeconds\":12.5 | \"retrySecs\":12.5 | key 'retrySecs' is unknown; use one of gym, gateway, floorPlan, dataDir, lan, uplink, machines, heartbeatSeconds, retrySeconds, stuckAfterSeconds, clock, card, screen, or remove it",
        "\"retrySeconds\":12.5 | \"screen\":{} | key 'screen.listen' is missing; give an address and a port",
        "\"retrySeconds\":12.5 | \"screen\":{\"listen\":\"8443\"} | key 'screen.listen': expected an address and a port, such as 0.0.0.0:8443, found '8443'",
        "\"retrySeconds\":12.5 | \"screen\":{\"listen\":\"0.0.0.0:84430\"} | key 'screen.listen': expected an address and a port",
        "\"retrySeconds\":12.5 | \"screen\":{\"listen\":\"0.0.0.0:1\",\"tls\":false} | key 'screen.tls': false is for a loopback address only",
        "\"retrySeconds\":12.5 | \"retrySeconds\":0 | key 'retrySeconds': expected a number of seconds from 1 to 3600 (30 without this key), found 0",
        "\"retrySeconds\":12.5 | \"clock\":\"ntp\" | key 'clock': 'ntp' is not one of kernel, trusted",
        "8883 | 88830 | key 'uplink.port': expected a whole number from 1 to 65535, found 88830",
        "\"host\":\"127.0.0.1\",\"port\":1883 | \"hostt\":\"x\",\"port\":1883 | key 'lan.hostt' is unknown",
        "\"lan\":{\"host\":\"127.0.0.1\",\"port\":1883}, | `` | key 'lan' is missing; the floor plan has MQTT sensors",
        "\"port\":1883 | \"port\":1883,\"username\":\"gw\" | key 'lan.passwordFile' is missing; give the file with the password",
        "\"port\":1883 | \"port\":1883,\"passwordFile\":\"secret\" | key 'lan.username' is missing; give the gateway's name",
        "\"port\":1883 | \"port\":1883,\"password\":\"x\" | key 'lan.password' is unknown",
        "\"port\":1883 | \"port\":1883,\"sessionSeconds\":3601 | key 'lan.sessionSeconds': expected a number of seconds from 0 to 3600 (300 without this key), found 3601",
        "\"port\":1883 | \"port\":1883,\"username\":\"gw\",\"passwordFile\":\"none\" | key 'lan.passwordFile': found 'none'; file",
        "\"port\":1883 | \"port\":1883,\"username\":\"gw\",\"passwordFile\":\"empty\" | key 'lan.passwordFile': found 'empty'; file",
        "\"port\":1883 | \"port\":1883,\"caFile\":\"none.pem\" | key 'lan.caFile': found 'none.pem'; file",
        "\"port\":1883 | \"port\":1883,\"caFile\":\"ca.pem\" | is not a root certificate in PEM",
        "c.key | d.key | key 'uplink.privateKey': found 'd.key'; file",
        "plan.json | plum.json | key 'floorPlan': found 'plum.json'; file",
        "\"port\":1883 | \"port\":1883,\"caFile\":null | key 'lan.caFile': is null; give a value, or leave the field out",
        "\"gym\":\"g\" | \"gym\":\" \" | key 'gym': expected the gym's id, found ' '",
        "{\"gym\" | {gym | is not JSON",
      })
  void an_invalid_file_is_rejected_with_key_value_and_remedy(
      String valid, String damaged, String message) {
    String changed = VALID.replace(valid, damaged);
    assertThat(changed).isNotEqualTo(VALID);
    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gateway.json")
        .hasMessageContaining(message);
  }

  @Test
  void all_mistakes_of_the_floor_plan_are_named() throws IOException {
    Path plan = folder.resolve("plan.json");
    Files.writeString(plan, "{\"gym\": 1,\n \"gateway\": 2,\n \"machines\": []}");
    assertThatThrownBy(() -> read(VALID))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            key 'floorPlan': floor plan %s has 2 mistakes:
              field gym: expected an object, found 1 (line 1)
              field gateway: expected a text, found 2 (line 2)"""
                .formatted(plan));
  }

  @Test
  void a_missing_file_is_reported_with_the_option() {
    assertThatThrownBy(() -> GatewayConfigurationFile.read(folder.resolve("none.json")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.json does not exist; name another with --config");
  }

  private GatewayConfiguration read(String text) throws Exception {
    Path file = folder.resolve("gateway.json");
    Files.writeString(file, text);
    return GatewayConfigurationFile.read(file);
  }
}
