package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KilledOutboxTest {
  private static final InstantSource TIME = InstantSource.fixed(OutboxContract.NOON);
  private static final OutboxSettings SMALL =
      new OutboxSettings(new OutboxSettings.Limits(400, 100));

  private final Set<Long> appended = new TreeSet<>();
  private final Set<Long> acknowledged = new HashSet<>();

  /// Appends to a small outbox without end and now and then acknowledges events. Prints each number
  /// whose append has completed, and each that is about to be acknowledged.
  static final class Filler {
    private Filler() {}

    public static void main(String[] folder) {
      try (SqliteOutbox outbox = SqliteOutbox.open(Path.of(folder[0]), SMALL, TIME)) {
        int begin = (int) outbox.counts().recorded();
        for (int i = begin; ; i++) {
          CompletableFuture<Sequence> done = outbox.append(OutboxContract.minutely(i));
          var printed = done.thenAccept(it -> System.out.print("appended " + it + " .\n"));
          if (i % 50 == 49) {
            printed.join();
          }
          if (i % 150 == 149) {
            acknowledge(outbox, outbox.peek(0, 20));
          }
        }
      }
    }

    private static void acknowledge(SqliteOutbox outbox, List<MachineEvent> events) {
      outbox.reserve(events.getLast().seq()).join();
      for (MachineEvent event : outbox.peek(0, events.size())) {
        SeqRange range = event.standsFor();
        System.out.print("acknowledged " + range.first() + " " + range.last() + " .\n");
        outbox.acknowledge(List.of(range)).join();
      }
    }
  }

  @RepeatedTest(3)
  void no_event_is_lost_or_doubled_by_kills(@TempDir Path folder) throws Exception {
    for (int kills = 0; kills < 3; kills++) {
      fillUntilKilled(folder);
    }
    try (SqliteOutbox outbox = SqliteOutbox.open(folder, TIME)) {
      assertThat(outbox.setAside()).isEmpty();
      assertThat(outbox.counts().coalesced()).isPositive();
      assertThat(outbox.counts().waiting()).isLessThanOrEqualTo(400 + 40);
      OutboxAudit.check(outbox, appended, acknowledged);
    }
  }

  private void fillUntilKilled(Path folder) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int lines = 0;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        record(line);
        if (++lines == 700) {
          assertThatThrownBy(() -> SqliteOutbox.open(folder, SMALL, TIME))
              .isInstanceOf(OutboxException.class)
              .hasMessageContaining("in use by another gateway process");
          child.toHandle().destroyForcibly();
        }
        line = reader.readLine();
      }
    } finally {
      child.destroyForcibly();
      child.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /// Ignores a line that the kill has cut: what it reports did not happen.
  private void record(String line) {
    List<String> words = List.of(line.split(" "));
    if (!words.getLast().equals(".")) {
      return;
    }
    if (words.getFirst().equals("appended")) {
      assertThat(appended.add(Long.parseLong(words.get(1)))).as(line).isTrue();
    } else {
      for (long seq = Long.parseLong(words.get(1)); seq <= Long.parseLong(words.get(2)); seq++) {
        acknowledged.add(seq);
      }
    }
  }
}
