package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.system.process.CommandResult;
import io.gympulse.system.process.KeyValueLine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveIT {

  @Test
  void kills_and_outages_lose_and_double_nothing(@TempDir Path folder) throws Exception {
    CommandResult run =
        CommandResult.run(
            folder,
            Duration.ofMinutes(15),
            "prove",
            "--seed=11",
            "--kills=6",
            "--outages=3",
            "--hours=0.75");
    KeyValueLine result = run.result("prove: ");
    assertThat(result.number("recorded")).isGreaterThan(50);
    assertThat(result.number("lost")).isZero();
    assertThat(result.number("doubled")).isZero();
    assertThat(result.number("aggregate_error")).isZero();

    assertThat(result.number("alerts_missed")).isZero();
    assertThat(result.number("alerts_doubled")).isZero();
    assertThat(run.exitCode()).as(String.join("\n", run.lines())).isZero();
  }
}
