package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.edge.sensing.RememberingListener;
import io.gympulse.edge.sensing.SensorReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages as the makers' own documentation shows them, which each resource names page by page,
/// read by the lines that an installer writes.
class DocumentedPayloadsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SensorId SENSOR = new SensorId("s-1");

  record Page(MqttPreset preset, JsonNode node) {
    @Override
    public String toString() {
      return node.path("page").asText();
    }
  }

  static Stream<Page> pages() {
    return Arrays.stream(MqttPreset.values())
        .flatMap(preset -> pages(preset).stream().map(node -> new Page(preset, node)));
  }

  private static List<JsonNode> pages(MqttPreset preset) {
    String name = preset.wireName() + ".json";
    try (InputStream resource = DocumentedPayloadsTest.class.getResourceAsStream(name)) {
      assertThat(resource).as(name).isNotNull();
      return JSON.readTree(resource).valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void what_a_device_is_documented_to_say_is_understood(Page page) {
    LanInbox inbox =
        new LanInbox(
            List.of(
                LanSensors.sensor(
                    SENSOR.value(),
                    page.node().path("behaviour").asText("level"),
                    fields(page.node().path("source")))),
            InstantSource.system(),
            Optional::of);
    for (JsonNode message : page.node().path("messages")) {
      var listener = new RememberingListener();
      SensorReport before = report(inbox);
      inbox.received(
          message.path("topic").asText(),
          message.path("payload").asText().getBytes(UTF_8),
          message.path("retained").asBoolean(),
          listener);
      assertThat(said(listener, before, report(inbox)))
          .as("%s", message)
          .isEqualTo(message.path("says").asText());
    }
  }

  private static String said(
      RememberingListener listener, SensorReport before, SensorReport after) {
    if (!listener.readings().isEmpty()) {
      return listener.readings().getFirst().active() ? "active" : "inactive";
    }
    if (after.malformed() > before.malformed()) {
      return "malformed";
    }
    return listener.unavailable().isEmpty() ? "nothing" : "away";
  }

  private static String fields(JsonNode source) {
    String object = source.toString();
    return object.substring(1, object.length() - 1);
  }

  private static SensorReport report(LanInbox inbox) {
    SensorReport report = inbox.report().get(SENSOR);
    if (report == null) {
      throw new IllegalStateException("no report");
    }
    return report;
  }
}
