package io.gympulse.contract.floorplan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.mqtt.MqttPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads the examples of the documentation: sources, and sensors with their source.
class DocumentedSourcesTest {
  private static final Path GUIDE = Path.of("..", "docs", "configuration.md");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  @Test
  void every_example_of_an_mqtt_source_can_be_used_and_none_of_the_presets_lacks_one()
      throws Exception {
    Set<MqttPreset> shown = new HashSet<>();
    for (JsonNode example : examples()) {
      String sensor =
          example.has("behaviour")
              ? example.toString()
              : "{\"id\":\"s\",\"behaviour\":\"pulse\",\"vacancySeconds\":60,\"source\":%s}"
                  .formatted(example);
      FloorPlan plan =
          FloorPlanFile.parse(
              """
              {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},
               "gateway":"g-gw","machines":[{"id":"m","category":"bike","name":"B","x":1,"y":1,
               "sensors":[%s]}]}"""
                  .formatted(sensor),
              "example");
      SourceConfig read = plan.machines().getFirst().sensors().getFirst().source();
      shown.add(((SourceConfig.Mqtt) read).preset());
    }
    assertThat(shown).containsExactlyInAnyOrder(MqttPreset.values());
  }

  static List<Path> plans() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "docs", "plans"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void every_example_plan_can_be_used(Path file) throws FloorPlanException {
    assertThat(FloorPlanFile.read(file).machines()).isNotEmpty();
  }

  private static List<JsonNode> examples() throws Exception {
    List<JsonNode> examples = new ArrayList<>();
    Matcher block = EXAMPLE.matcher(Files.readString(GUIDE));
    while (block.find()) {
      try (MappingIterator<JsonNode> nodes =
          new ObjectMapper().readerFor(JsonNode.class).readValues(block.group(1))) {
        nodes.forEachRemaining(examples::add);
      }
    }
    examples.removeIf(
        it ->
            !it.path("type").asText().equals("mqtt")
                && !it.path("source").path("type").asText().equals("mqtt"));
    return examples;
  }
}
