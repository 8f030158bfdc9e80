package io.gympulse.edge.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.uplink.UplinkSettings;
import io.gympulse.edge.uplink.UplinkSettings.Budget;
import io.gympulse.edge.uplink.UplinkSettings.Direct;
import io.gympulse.edge.uplink.UplinkSettings.Greengrass;
import io.gympulse.edge.uplink.UplinkSettings.Nucleus;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UplinkReaderTest {
  private static final Nucleus NUCLEUS = new Nucleus(Path.of("/run/ipc.socket"), "t0ken");
  private static final String DIRECT =
      """
      "host":"h","port":8883,"certificate":"x.pem","privateKey":"x.pem","rootCa":"x.pem"\
      """;

  @TempDir private Path folder;

  @BeforeEach
  void file() throws IOException {
    Files.writeString(folder.resolve("x.pem"), "pem");
  }

  @Test
  void inside_a_component_nothing_has_to_be_given() throws Exception {
    Greengrass defaults =
        new Greengrass(NUCLEUS, TopicMode.PLAIN, new Budget(50, 256 * 1024), Duration.ofMinutes(5));
    assertThat(inside("{}")).isEqualTo(defaults);
    assertThat(inside("{\"uplink\":{}}")).isEqualTo(defaults);
    assertThat(inside("{\"uplink\":{" + DIRECT + "}}")).isEqualTo(defaults);
    assertThat(inside("{\"uplink\":{\"via\":\"greengrass\"}}")).isEqualTo(defaults);
  }

  @Test
  void the_budget_and_the_patience_of_a_component_can_be_given() throws Exception {
    assertThat(
            inside(
                """
                {"uplink":{"topics":"basic-ingest","messagesPerSecond":20.0,
                 "kilobytesPerSecond":64,"nucleusLostSeconds":60}}"""))
        .isEqualTo(
            new Greengrass(
                NUCLEUS, TopicMode.BASIC_INGEST, new Budget(20, 64 * 1024), Duration.ofMinutes(1)));
  }

  @Test
  void a_component_may_connect_by_itself() throws Exception {
    assertThat(inside("{\"uplink\":{\"via\":\"direct\"," + DIRECT + "}}"))
        .isInstanceOf(Direct.class);
  }

  @Test
  void outside_of_a_component_the_connection_is_direct() throws Exception {
    assertThat(read("{\"uplink\":{" + DIRECT + "}}", Optional.empty())).isInstanceOf(Direct.class);
  }

  @Test
  void a_component_is_recognised_by_socket_and_token() {
    String socket = "AWS_GG_NUCLEUS_DOMAIN_SOCKET_FILEPATH_FOR_COMPONENT";
    assertThat(Nucleus.of(Map.of(socket, "/run/ipc.socket", "SVCUID", "t0ken"))).contains(NUCLEUS);
    assertThat(Nucleus.of(Map.of(socket, "/run/ipc.socket"))).isEmpty();
    assertThat(Nucleus.of(Map.of("SVCUID", "t0ken", socket, ""))).isEmpty();
    assertThat(NUCLEUS.toString()).doesNotContain("t0ken");
  }

  @Test
  void only_a_component_can_have_been_orphaned() throws Exception {
    assertThat(inside("{}").previousProcessEndsWithin()).isGreaterThan(Duration.ofMinutes(5));
    assertThat(read("{\"uplink\":{" + DIRECT + "}}", Optional.empty()).previousProcessEndsWithin())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"via\":\"ipc\"} | uplink.via: 'ipc' is not one of greengrass, direct",
        "{\"messagesPerSecond\":0} | uplink.messagesPerSecond: expected a number from 1 to 100 (50 without this key), found 0",
        "{\"kilobytesPerSecond\":513} | uplink.kilobytesPerSecond: expected a number from 1 to 512 (256 without this key), found 513",
        "{\"nucleusLostSeconds\":5} | uplink.nucleusLostSeconds: expected a number of seconds from 10 to 86400",
        "{\"lostSeconds\":5} | uplink.lostSeconds: is unknown; use one of via, topics, messagesPerSecond",
        "{\"via\":\"direct\",\"messagesPerSecond\":5} | uplink.messagesPerSecond: is unknown; use one of via, host",
        "{\"via\":\"direct\"} | uplink.host: is missing; give a host name or address",
      })
  void wrong_values_are_rejected_with_their_key(String uplink, String message) {
    assertThatThrownBy(() -> inside("{\"uplink\":" + uplink + "}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void only_a_component_can_use_a_nucleus() {
    assertThatThrownBy(() -> read("{\"uplink\":{\"via\":\"greengrass\"}}", Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no Greengrass nucleus has started this process; give 'direct'");
  }

  private UplinkSettings inside(String json) throws Exception {
    return read(json, Optional.of(NUCLEUS));
  }

  private UplinkSettings read(String json, Optional<Nucleus> nucleus) throws Exception {
    return UplinkReader.read(
        JsonCursor.root(
                JsonTree.standard().read(json), it -> new ConfigurationException(it.toString()))
            .field("uplink"),
        folder,
        nucleus);
  }
}
