package io.gympulse.edge;

import static io.gympulse.edge.GreengrassSchemas.get;
import static io.gympulse.edge.GreengrassSchemas.list;
import static io.gympulse.edge.GreengrassSchemas.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.topic.TopicRule;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class RecipeTest {
  private static final Path ROOT = Path.of("..");
  private static final String ARTIFACTS = "s3://BUCKET_NAME/COMPONENT_NAME/COMPONENT_VERSION/";
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));

  @Test
  void recipe_and_development_kit_configuration_keep_to_their_schemas() throws IOException {
    assertThat(GreengrassSchemas.ofRecipe(recipe())).isEmpty();
    assertThat(GreengrassSchemas.ofGdkConfig(gdkConfig())).isEmpty();
  }

  @Test
  void the_rules_find_what_the_schemas_forbid() throws IOException {
    Map<Object, Object> recipe = new LinkedHashMap<>(recipe());
    recipe.put("Comment", "x");
    recipe.put("ComponentName", "a b");
    recipe.put(
        "Manifests",
        List.of(
            Map.of(
                "Platform",
                Map.of("os", "linux", "arch", "amd64"),
                "Lifecycle",
                Map.of("start", "x", "Run", Map.of("Script", "x", "Timeout", "soon")),
                "Artifacts",
                List.of(Map.of("URI", "http://x", "Permission", Map.of("Read", "ME"))))));
    assertThat(GreengrassSchemas.ofRecipe(recipe))
        .containsExactlyInAnyOrder(
            "recipe: unknown key Comment",
            "componentname: 'a b' is not allowed",
            "platform: unknown key arch",
            "lifecycle: unknown step start",
            "run.timeout: no whole number of seconds",
            "artifact.uri: 'http://x' is not allowed",
            "permission: unknown ME");
    Map<Object, Object> config = new LinkedHashMap<>(gdkConfig());
    config.put("gdk_version", "1");
    config.put("component", Map.of());
    assertThat(GreengrassSchemas.ofGdkConfig(config))
        .containsExactly("gdk_version: '1' is not allowed", "component: not one");
  }

  @Test
  void the_recipe_and_the_development_kit_name_the_same_component() throws IOException {
    assertThat(object(get(gdkConfig(), "component")).keySet().toString())
        .isEqualTo("[" + get(recipe(), "ComponentName") + "]");
  }

  @Test
  void each_platform_gets_its_own_jar_and_the_build_makes_all_artifacts() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    Map<String, Object> jars = new LinkedHashMap<>();
    for (Map<?, ?> manifest : manifests()) {
      Map<?, ?> platform = object(get(manifest, "Platform"));
      List<String> artifacts =
          list(get(manifest, "Artifacts")).stream()
              .map(it -> (String) get(object(it), "URI"))
              .peek(it -> assertThat(it).startsWith(ARTIFACTS))
              .map(it -> it.substring(ARTIFACTS.length()))
              .toList();
      assertThat(artifacts).hasSize(2).contains("gympulse-component.sh");
      jars.put(artifacts.getFirst(), get(platform, "architecture"));
      assertThat(get(platform, "os")).isEqualTo("linux");
      assertThat(build).contains("<outputFile>${project.build.directory}/" + artifacts.getFirst());
    }
    assertThat(jars)
        .isEqualTo(
            Map.of(
                "gympulse-gateway-aarch64.jar", "aarch64", "gympulse-gateway-amd64.jar", "amd64"));
    assertThat(Path.of("src/greengrass/gympulse-component.sh")).isRegularFile();
    assertThat(build).contains("<directory>src/greengrass</directory>");
  }

  /// A bootstrap step would restart the nucleus, and a step with privileges act as root.
  @Test
  void the_steps_are_those_of_the_script_and_need_no_privilege() throws IOException {
    for (Map<?, ?> manifest : manifests()) {
      Map<?, ?> steps = object(get(manifest, "Lifecycle"));
      assertThat(steps.keySet().toString()).isEqualTo("[install, run, shutdown]");
      steps.forEach(
          (name, step) -> {
            assertThat(get(object(step), "RequiresPrivilege")).isEqualTo("");
            assertThat((String) get(object(step), "Script"))
                .contains("sh {artifacts:path}/gympulse-component.sh " + name + " ");
          });
    }
  }

  @Test
  void every_configuration_key_is_described_in_the_line_above_it() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("recipe.yaml"));
    assertThat(configuration().keySet().toString())
        .isEqualTo("[configFile, java, javaOptions, freeMegabytes, accessControl]");
    for (Object key : configuration().keySet()) {
      int at =
          lines.indexOf(
              lines.stream().filter(it -> it.startsWith("    " + key + ":")).findFirst().get());
      assertThat(lines.get(at - 1)).as("line above %s", key).startsWith("    # ");
    }
  }

  @Test
  void access_control_allows_exactly_the_gateways_topics() throws IOException {
    Stream<String> messages =
        Stream.of(Topics.batches(ADDRESS), Topics.snapshot(ADDRESS), Topics.heartbeat(ADDRESS))
            .flatMap(
                it -> Stream.of(it, Topics.basicIngest(TopicRule.ofGateway(it).orElseThrow(), it)));
    List<String> published =
        Stream.concat(messages, Stream.of(Topics.healthUpdate(ADDRESS.gateway()))).toList();
    assertThat(topics("aws.greengrass#PublishToIoTCore"))
        .containsExactlyInAnyOrderElementsOf(published);
    assertThat(topics("aws.greengrass#SubscribeToIoTCore")).containsExactly(Topics.acks(ADDRESS));
  }

  /// The topics that an operation is allowed for, with the placeholders replaced.
  private static List<String> topics(String operation) throws IOException {
    Map<?, ?> accessControl = object(get(configuration(), "accessControl"));
    return object(get(accessControl, "aws.greengrass.ipc.mqttproxy")).values().stream()
        .map(GreengrassSchemas::object)
        .filter(it -> list(get(it, "operations")).equals(List.of(operation)))
        .flatMap(it -> list(get(it, "resources")).stream())
        .map(it -> it.toString().replace("GYM", "g").replace("GATEWAY", "gw"))
        .toList();
  }

  private static Map<?, ?> configuration() throws IOException {
    return object(get(object(get(recipe(), "ComponentConfiguration")), "DefaultConfiguration"));
  }

  private static List<? extends Map<?, ?>> manifests() throws IOException {
    return list(get(recipe(), "Manifests")).stream().map(GreengrassSchemas::object).toList();
  }

  private static Map<?, ?> recipe() throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(ROOT.resolve("recipe.yaml")));
  }

  private static Map<?, ?> gdkConfig() throws IOException {
    return new ObjectMapper().readValue(ROOT.resolve("gdk-config.json").toFile(), Map.class);
  }
}
