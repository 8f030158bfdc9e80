package io.gympulse.local.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whatever text comes, a policy is refused in words or decides every request.
class PolicyFuzzTest {
  private static final Device DEVICE = new Device("gw-1", "gw-1", Map.of("gym", "*"));

  @FuzzTest
  void documents_are_refused_or_decide(byte[] text) {
    parsed(new String(text, UTF_8))
        .map(it -> it.permissionsOf(DEVICE))
        .ifPresent(
            permissions -> {
              for (PolicyAction action : PolicyAction.values()) {
                assertThat(permissions.decide(action, "org/gym-1/gateways/gw-1/batches"))
                    .isNotNull();
              }
            });
  }

  /// The first line is a pattern, the second a text; short, as the expression it is compared with
  /// tries every way.
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
