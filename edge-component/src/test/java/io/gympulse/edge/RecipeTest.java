package io.gympulse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void the_recipe_names_the_jar_that_the_build_makes() throws IOException {
    String recipe = Files.readString(ROOT.resolve("recipe.yaml"));
    String jar =
        found("<finalName>([^<]+)</finalName>", Files.readString(Path.of("pom.xml"))) + ".jar";
    assertThat(found("URI: s3://BUCKET_NAME/COMPONENT_NAME/COMPONENT_VERSION/(\\S+)", recipe))
        .isEqualTo(jar);
    assertThat(recipe).contains("{artifacts:path}/" + jar);
  }

  @Test
  void the_recipe_and_the_development_kit_name_the_same_component() throws IOException {
    String recipe = Files.readString(ROOT.resolve("recipe.yaml"));
    assertThat(Files.readString(ROOT.resolve("gdk-config.json")))
        .contains('"' + found("ComponentName: (\\S+)", recipe) + '"');
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
