package io.gympulse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_missing_configuration_fails_and_what_needs_none_is_checked() {
    assertThat(run("--config", folder.resolve("gateway.json").toString())).isEqualTo(FAILED);
    assertThat(out.toString())
        .contains("ok       java ", "failed   configuration ", "gateway.json does not exist")
        .contains("-> name another with --config", "ok       outbox ", "skipped  others ");
  }

  @Test
  void the_same_as_json() throws Exception {
    assertThat(run("--json", "--config", folder.resolve("gateway.json").toString()))
        .isEqualTo(FAILED);
    JsonNode root = new ObjectMapper().readTree(out.toString());
    assertThat(root.get("failed").asBoolean()).isTrue();
    JsonNode check = root.get("checks").get(1);
    assertThat(check.get("name").asText()).isEqualTo("configuration");
    assertThat(check.get("status").asText()).isEqualTo("failed");
    assertThat(check.get("seen").asText()).contains("does not exist");
    assertThat(check.get("remedy").asText()).isEqualTo("name another with --config");
  }

  @Test
  void wrong_options_are_refused() {
    assertThat(run()).isEqualTo(USAGE);
    assertThat(run("--config", "x", "--all")).isEqualTo(USAGE);
    assertThat(err.toString()).contains("error: ");
  }

  private int run(String... arguments) {
    CommandLine line = Doctor.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
