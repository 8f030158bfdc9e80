package io.gympulse.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.sim.day.Seed;
import io.gympulse.sim.report.RandomReports.DeviceState;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomReportsTest {

  @Test
  void the_same_seed_gives_the_same_reports_and_another_seed_others() {
    assertThat(reports(7)).isEqualTo(reports(7)).isNotEqualTo(reports(8));
  }

  @Test
  void reports_differ_in_length_and_content() {
    assertThat(reports(1))
        .extracting(List::size)
        .allMatch(it -> it >= 1 && it <= 10)
        .contains(1, 10);
    assertThat(reports(1).stream().flatMap(List::stream).distinct()).hasSize(13);
  }

  @Test
  void a_report_has_the_format_that_the_cloud_accepts() {
    assertThat(
            ReportCodec.encode(
                List.of(new DeviceState("light", "on")), Instant.parse("2026-05-01T12:00:00Z")))
        .isEqualTo(
            "{\"processed_devices\":[{\"type\":\"light\",\"state\":\"on\","
                + "\"timestamp\":\"2026-05-01T12:00:00Z\"}]}");
  }

  private static List<List<DeviceState>> reports(long seed) {
    RandomReports reports = new RandomReports(new Seed(seed));
    return LongStream.range(0, 200).mapToObj(reports::report).toList();
  }
}
