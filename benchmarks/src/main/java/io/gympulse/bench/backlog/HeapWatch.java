package io.gympulse.bench.backlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Lets another JVM write down its collections while it runs, by `jcmd`.
final class HeapWatch {
  private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->(\\d+)M\\(\\d+M\\)");

  private final long pid;
  private final Path log;

  /// What the collections found and left, in MB.
  ///
  /// @param used the most that was in use, what nobody refers to any more included
  /// @param kept the most that was left by a collection
  record Heap(int used, int kept) {}

  private HeapWatch(long pid, Path log) {
    this.pid = pid;
    this.log = log;
  }

  static HeapWatch of(long pid, Path log) throws IOException, InterruptedException {
    HeapWatch watch = new HeapWatch(pid, log);
    watch.tell("VM.log", "output=" + log, "what=gc=info");
    return watch;
  }

  /// Has one more collection made, so that there is at least one.
  Heap heap() throws IOException, InterruptedException {
    tell("GC.run");
    int used = 0;
    int kept = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher collection = COLLECTION.matcher(line);
      if (collection.find()) {
        used = Math.max(used, Integer.parseInt(collection.group(1)));
        kept = Math.max(kept, Integer.parseInt(collection.group(2)));
      }
    }
    return new Heap(used, kept);
  }

  private void tell(String... command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    List<String> whole =
        Stream.concat(Stream.of(jcmd.toString(), Long.toString(pid)), Stream.of(command)).toList();
    Process process =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("%s failed".formatted(String.join(" ", whole)));
    }
  }
}
