package io.gympulse.bench.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.bench.forecast.Observations.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadCountsTest {
  @TempDir private Path folder;

  @Test
  void counts_are_read_by_their_columns_in_local_time() throws IOException {
    HeadCounts counts =
        read(
            """
            date,other,number_people
            2026-05-01 17:00:11-07:00,x,37
            2026-05-01 17:30:02-07:00,x,250
            2026-05-01 18:00:02-07:00,x,40
            """);
    assertThat(counts.counts())
        .containsEntry(Instant.parse("2026-05-01T17:00:11Z"), 37)
        .containsEntry(Instant.parse("2026-05-01T17:30:02Z"), 200);
    assertThat(counts.observations().cases())
        .containsExactly(
            new Case(
                Instant.parse("2026-05-01T17:30:02Z"),
                200,
                37,
                Instant.parse("2026-05-01T18:00:02Z"),
                40));
  }

  @Test
  void a_bad_line_is_named() {
    assertThatThrownBy(() -> read("number_people,date\n37,yesterday\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read("number_people,date\n")).hasMessageContaining("no head count");
    assertThatThrownBy(() -> read("people\n1\n")).hasMessageContaining("number_people");
  }

  private HeadCounts read(String text) throws IOException {
    return HeadCounts.read(Files.writeString(folder.resolve("counts.csv"), text), 200);
  }
}
