package io.gympulse.local.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.local.policy.Permissions.Action;
import io.gympulse.local.policy.PolicyDocument.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Any text is rejected with a message, or is a policy that decides every request.
class PolicyFuzzTest {
  private static final Variables DEVICE = new Variables("gw-1", "gw-1", Map.of("gym", "*"));

  @FuzzTest
  void documents_are_refused_or_decide(byte[] text) {
    parsed(new String(text, UTF_8))
        .map(it -> it.permissionsOf(DEVICE))
        .ifPresent(
            permissions -> {
              for (Action action : Action.values()) {
                assertThat(permissions.decide(action, "org/gym-1/gateways/gw-1/batches"))
                    .isNotNull();
              }
            });
  }

  /// The first line is a pattern, the second a text; short, since the regular expression
  /// backtracks.
  @FuzzTest
  void patterns_match_what_a_regular_expression_would(byte[] text) {
    List<String> lines = new String(text, UTF_8).lines().limit(2).toList();
    if (lines.size() == 2 && lines.get(0).length() <= 12 && lines.get(1).length() <= 24) {
      String regex =
          lines
              .get(0)
              .codePoints()
              .mapToObj(it -> it == '*' ? ".*" : it == '?' ? "." : "\\x{%x}".formatted(it))
              .collect(Collectors.joining());
      assertThat(new Glob.Builder().wild(lines.get(0)).build().matches(lines.get(1)))
          .isEqualTo(Pattern.compile(regex, Pattern.DOTALL).matcher(lines.get(1)).matches());
    }
  }

  private static Optional<PolicyDocument> parsed(String json) {
    try {
      return Optional.of(PolicyDocument.parse(json, "r", "a"));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
