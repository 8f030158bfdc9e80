package io.gympulse.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of the schemas that the Greengrass Development Kit checks a recipe and a
/// `gdk-config.json` against, as far as they concern what ours hold. A recipe's keys are compared
/// without case.
final class GreengrassSchemas {
  private static final String VERSION =
      "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_.]{1,128}");
  private static final Set<String> RECIPE =
      Set.of(
          "recipeformatversion",
          "componentname",
          "componentversion",
          "componentdescription",
          "componentpublisher",
          "componentconfiguration",
          "componentdependencies",
          "componenttype",
          "componentsource",
          "manifests",
          "lifecycle");
  private static final Set<String> STEPS =
      Set.of("install", "run", "startup", "shutdown", "recover", "bootstrap");
  private static final Set<String> PERMISSIONS = Set.of("NONE", "OWNER", "ALL");
  private static final Set<String> REGIONS =
      Set.of(
          "us-east-2",
          "us-east-1",
          "us-west-2",
          "ap-south-1",
          "ap-northeast-2",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-northeast-1",
          "cn-north-1",
          "eu-central-1",
          "eu-west-1",
          "eu-west-2",
          "us-gov-west-1",
          "us-gov-east-1");

  private final List<String> violations = new ArrayList<>();

  private GreengrassSchemas() {}

  /// What the schema of recipes forbids in a parsed recipe.
  static List<String> ofRecipe(Map<?, ?> recipe) {
    GreengrassSchemas rules = new GreengrassSchemas();
    rules.recipe(recipe);
    return rules.violations;
  }

  /// What the schema of `gdk-config.json` forbids in a parsed one.
  static List<String> ofGdkConfig(Map<?, ?> config) {
    GreengrassSchemas rules = new GreengrassSchemas();
    rules.gdkConfig(config);
    return rules.violations;
  }

  private void recipe(Map<?, ?> recipe) {
    closed("recipe", recipe, RECIPE);
    require(
        "2020-01-25".equals(get(recipe, "recipeformatversion")), "recipeformatversion: unknown");
    matches("componentname", get(recipe, "componentname"), NAME.pattern());
    matches(
        "componentversion",
        get(recipe, "componentversion"),
        VERSION + "|NEXT_PATCH|\\{COMPONENT_VERSION}");
    closed(
        "componentconfiguration",
        object(get(recipe, "componentconfiguration")),
        Set.of("defaultconfiguration"));
    object(get(recipe, "componentdependencies"))
        .forEach(
            (name, it) -> {
              matches("dependency", name, NAME.pattern());
              matches("dependency " + name, get(object(it), "versionrequirement"), ".+");
            });
    List<?> manifests = list(get(recipe, "manifests"));
    require(!manifests.isEmpty(), "manifests: none");
    manifests.forEach(it -> manifest(object(it)));
  }

  private void manifest(Map<?, ?> manifest) {
    closed(
        "manifest", manifest, Set.of("name", "platform", "lifecycle", "selections", "artifacts"));
    Map<?, ?> platform = object(get(manifest, "platform"));
    closed("platform", platform, Set.of("os", "architecture", "architecture.detail", "key"));
    platform.values().forEach(it -> matches("platform", it, ".+"));
    object(get(manifest, "lifecycle"))
        .forEach((name, step) -> step(String.valueOf(name).toLowerCase(Locale.ROOT), step));
    list(get(manifest, "artifacts")).forEach(it -> artifact(object(it)));
  }

  private void step(String name, Object step) {
    if (name.equals("setenv")) {
      object(step).values().forEach(it -> matches("setenv", it, ".*"));
      return;
    }
    require(STEPS.contains(name), "lifecycle: unknown step " + name);
    if (step instanceof String) {
      return;
    }
    Map<?, ?> keys = object(step);
    closed(name, keys, Set.of("script", "requiresprivilege", "skipif", "timeout", "setenv"));
    matches(name + ".script", get(keys, "script"), "(?s).+");
    Object timeout = get(keys, "timeout");
    require(
        "".equals(timeout) || (timeout instanceof Integer it && it >= 0),
        name + ".timeout: no whole number of seconds");
    Object privilege = get(keys, "requiresprivilege");
    require(
        "".equals(privilege) || privilege instanceof Boolean,
        name + ".requiresprivilege: no boolean");
  }

  private void artifact(Map<?, ?> artifact) {
    closed("artifact", artifact, Set.of("uri", "unarchive", "permission", "digest", "algorithm"));
    matches("artifact.uri", get(artifact, "uri"), "s3://.+");
    Map<?, ?> permission = object(get(artifact, "permission"));
    closed("permission", permission, Set.of("read", "execute"));
    permission
        .values()
        .forEach(it -> require(PERMISSIONS.contains(it), "permission: unknown " + it));
  }

  private void gdkConfig(Map<?, ?> config) {
    closed("gdk-config", config, Set.of("component", "gdk_version", "test-e2e"));
    matches("gdk_version", get(config, "gdk_version"), VERSION);
    Map<?, ?> components = object(get(config, "component"));
    require(components.size() == 1, "component: not one");
    components.forEach(
        (name, it) -> {
          Map<?, ?> component = object(it);
          matches("component", name, NAME.pattern());
          matches("author", get(component, "author"), ".+");
          matches("version", get(component, "version"), VERSION + "|NEXT_PATCH");
          matches(
              "build_system",
              get(object(get(component, "build")), "build_system"),
              "zip|maven|gradle|custom");
          Map<?, ?> publish = object(get(component, "publish"));
          matches("bucket", get(publish, "bucket"), ".+");
          require(REGIONS.contains(get(publish, "region")), "region: unknown");
        });
  }

  private void closed(String where, Map<?, ?> object, Set<String> known) {
    for (Object key : object.keySet()) {
      require(
          known.contains(String.valueOf(key).toLowerCase(Locale.ROOT)),
          "%s: unknown key %s".formatted(where, key));
    }
  }

  private void matches(String where, Object value, String pattern) {
    require(
        value instanceof String text && text.matches(pattern),
        "%s: '%s' is not allowed".formatted(where, value));
  }

  private void require(boolean holds, String violation) {
    if (!holds) {
      violations.add(violation);
    }
  }

  /// The value of a key, whatever its case; an empty text if there is none.
  static Object get(Map<?, ?> object, String key) {
    return object.entrySet().stream()
        .filter(it -> String.valueOf(it.getKey()).equalsIgnoreCase(key))
        .<Object>map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  static Map<?, ?> object(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
