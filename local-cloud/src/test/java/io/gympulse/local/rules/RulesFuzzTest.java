package io.gympulse.local.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Any SQL is rejected with a message, or its rule runs on every message.
class RulesFuzzTest {
  private static final RuleEngine.Message MESSAGE =
      new RuleEngine.Message(
          "a/b/c",
          "{\"a\":{\"b\":1e400},\"b\":\"x\",\"c\":[null],\"d\":true}".getBytes(UTF_8),
          Instant.EPOCH);

  @FuzzTest
  void sql_is_refused_or_runs(byte[] sql) {
    parsed(new String(sql, UTF_8))
        .ifPresent(rule -> assertThat(new RuleEngine(List.of(rule)).run(MESSAGE)).isNotNull());
  }

  private static Optional<Rule> parsed(String sql) {
    try {
      return Optional.of(Rule.parse("fuzzed", sql));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1_000);
      return Optional.empty();
    }
  }
}
