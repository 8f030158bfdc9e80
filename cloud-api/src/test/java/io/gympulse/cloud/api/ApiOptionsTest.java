package io.gympulse.cloud.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.process.ProcessClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ApiOptionsTest {
  @Test
  void without_options_the_standard_limits_apply() {
    ApiConfiguration configuration = configuration(List.of());
    assertThat(configuration.admission()).isEqualTo(ApiConfiguration.Admission.STANDARD);
    assertThat(configuration.demoControl()).isEmpty();
  }

  @Test
  void an_invalid_value_is_named() {
    assertInvalid("--name 'a b' is not a host name or address", List.of("a b"));
    assertInvalid(
        "10 streams in all and 20 per source",
        List.of(),
        "--streams",
        "10",
        "--streams-per-source",
        "20");
    assertInvalid(
        "--demo-control 'nonsense' is not of the form http://HOST:PORT",
        List.of(),
        "--demo-control",
        "nonsense");
    assertThatThrownBy(() -> parsed("--alerts-per-user", "0").limits())
        .hasMessageContaining("alerts per user must be at least 1");
  }

  private static void assertInvalid(String message, List<String> names, String... arguments) {
    assertThatThrownBy(() -> configuration(names, arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static ApiConfiguration configuration(List<String> names, String... arguments) {
    return parsed(arguments)
        .configuration("127.0.0.1", 0, names, ProcessClock.real(), ApiConfiguration.OFFLINE_AFTER);
  }

  private static ApiOptions parsed(String... arguments) {
    ApiOptions options = new ApiOptions();
    new CommandLine(new Command(options)).parseArgs(arguments);
    return options;
  }

  @CommandLine.Command
  private record Command(@CommandLine.Mixin ApiOptions options) {}
}
