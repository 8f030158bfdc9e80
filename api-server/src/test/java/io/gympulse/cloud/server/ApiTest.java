package io.gympulse.cloud.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.process.ProcessClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ApiTest {
  private static final Map<String, String> SIGNED =
      Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--store=sqlite | --store 'sqlite': only dynamodb is possible",
        "--port=70000 | --port 70000 is not in 0 to 65535",
        "--host=no.such.host.invalid | --host 'no.such.host.invalid' is not an address",
        "--offline-after=0 | --offline-after 0 is not in 1 to 86400",
        "--dynamodb-endpoint=nowhere | --dynamodb-endpoint 'nowhere' is not of the form",
        "--broker=nowhere | --broker 'nowhere' is not of the form HOST:PORT",
        "--oidc-issuer=https://a.b | --oidc-issuer, --oidc-jwks and --oidc-audience are needed together",
        "--name=a/b | --name 'a/b' is not a host name",
        "--credentials=no-such-folder | has no readable certificate.pem",
        "--clock=soon | clock 'soon' is not of the form EPOCH,RATE",
      })
  void an_invalid_option_is_one_line_and_status_2(String option, String message) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--store=dynamodb",
                "--dynamodb-endpoint=http://127.0.0.1:1",
                "--broker=127.0.0.1:1",
                "--credentials=no-such-folder"));
    arguments.removeIf(it -> it.startsWith(option.substring(0, option.indexOf('=') + 1)));
    arguments.add(option);

    assertThat(run(arguments)).startsWith("2 error: ").contains(message).hasLineCount(1);
  }

  @Test
  void a_missing_option_is_named() {
    assertThat(run(List.of())).startsWith("2 error: Missing required options").contains("--store");
  }

  @Test
  void on_aws_a_region_and_credentials_are_needed() {
    assertThatThrownBy(() -> open(Map.of(), "--store=dynamodb"))
        .hasMessage("--region is needed, or AWS_REGION in the environment");
    assertThatThrownBy(() -> open(Map.of(), "--store=dynamodb", "--region=eu-north-1"))
        .hasMessageContaining("AWS_ACCESS_KEY_ID is not set");
    open(SIGNED, "--store=dynamodb", "--region=eu-north-1");
  }

  private static void open(Map<String, String> environment, String... arguments) {
    StoreOptions options = new StoreOptions();
    var _ = CommandLine.populateCommand(options, arguments);
    options.open(ProcessClock.real(), environment).close();
  }

  private static String run(List<String> arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int status = Api.run(arguments.toArray(String[]::new));
      return status + " " + errors.toString(StandardCharsets.UTF_8).strip();
    } finally {
      System.setErr(before);
    }
  }
}
