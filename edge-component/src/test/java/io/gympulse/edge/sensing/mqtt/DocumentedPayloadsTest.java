package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorStats;
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

/// Payloads from the manufacturers' documentation (each resource names its pages), read by the
/// mapping of a floor plan.
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
  void documented_payloads_are_read_as_documented(Page page) {
    Sensor sensor =
        MqttSensors.sensor(
            SENSOR.value(),
            page.node().path("behaviour").asText("level"),
            fields(page.node().path("source")));
    MessageRouter router = new MessageRouter(List.of(sensor), InstantSource.system(), Optional::of);
    for (JsonNode message : page.node().path("messages")) {
      var receiver = new RecordingReceiver();
      String topic = message.path("topic").asText();
      byte[] payload = message.path("payload").asText().getBytes(UTF_8);
      boolean retained = message.path("retained").asBoolean();
      long before = malformed(router);
      router.received(topic, payload, retained, receiver);
      boolean malformed = malformed(router) > before;
      assertThat(outcome(receiver, malformed))
          .as("%s", message)
          .isEqualTo(message.path("says").asText());
    }
  }

  private static long malformed(MessageRouter router) {
    return router.stats().values().stream().mapToLong(SensorStats::malformed).sum();
  }

  private static String outcome(RecordingReceiver receiver, boolean malformed) {
    if (!receiver.readings().isEmpty()) {
      return receiver.readings().getFirst().active() ? "active" : "inactive";
    }
    if (malformed) {
      return "malformed";
    }
    return receiver.unavailable().isEmpty() ? "nothing" : "away";
  }

  private static String fields(JsonNode source) {
    String object = source.toString();
    return object.substring(1, object.length() - 1);
  }
}
