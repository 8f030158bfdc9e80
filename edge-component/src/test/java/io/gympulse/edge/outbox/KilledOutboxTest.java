package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.Sequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KilledOutboxTest {

  /// Appends without end and prints each number whose future has completed.
  static final class Appender {
    private Appender() {}

    public static void main(String[] folder) {
      try (SqliteOutbox outbox = SqliteOutbox.open(Path.of(folder[0]), InstantSource.system())) {
        for (int i = 0; ; i++) {
          CompletableFuture<Sequence> appended = outbox.append(OutboxContract.occurrence(i));
          var printed = appended.thenAccept(System.out::println);
          if (i % 50 == 49) {
            printed.join();
          }
        }
      }
    }
  }

  @RepeatedTest(3)
  void no_event_whose_append_returned_is_lost_by_a_kill(@TempDir Path folder) throws Exception {
    List<Long> returned = new ArrayList<>();
    for (int kills = 0; kills < 2; kills++) {
      returned.addAll(appendUntilKilled(folder));
    }
    try (SqliteOutbox outbox = SqliteOutbox.open(folder, InstantSource.system())) {
      List<Long> held = OutboxContract.seqs(outbox.peek(0, Integer.MAX_VALUE));
      assertThat(held).containsAll(returned).hasSize((int) outbox.counts().recorded());
      assertThat(held.getLast()).isEqualTo(held.size());
      assertThat(returned).doesNotHaveDuplicates();
    }
  }

  private static List<Long> appendUntilKilled(Path folder)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> returned = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        returned.add(Long.parseLong(line));
        if (returned.size() == 400) {
          child.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    } finally {
      child.destroyForcibly();
      child.waitFor(10, TimeUnit.SECONDS);
    }
    return returned;
  }
}
