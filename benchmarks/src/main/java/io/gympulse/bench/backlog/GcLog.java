package io.gympulse.bench.backlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The garbage collection log of another running JVM, enabled by `jcmd`.
final class GcLog {
  private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->(\\d+)M\\(\\d+M\\)");

  private final long pid;
  private final Path log;

  /// Heap use in MB.
  ///
  /// @param used the maximum before a collection
  /// @param retained the maximum after a collection
  record Heap(int used, int retained) {}

  private GcLog(long pid, Path log) {
    this.pid = pid;
    this.log = log;
  }

  static GcLog of(long pid, Path log) throws IOException, InterruptedException {
    GcLog gcLog = new GcLog(pid, log);
    gcLog.runJcmd("VM.log", "output=" + log, "what=gc=info");
    return gcLog;
  }

  /// Runs a collection first, so that there is at least one.
  Heap heap() throws IOException, InterruptedException {
    runJcmd("GC.run");
    int used = 0;
    int retained = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher collection = COLLECTION.matcher(line);
      if (collection.find()) {
        used = Math.max(used, Integer.parseInt(collection.group(1)));
        retained = Math.max(retained, Integer.parseInt(collection.group(2)));
      }
    }
    return new Heap(used, retained);
  }

  private void runJcmd(String... command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    List<String> all =
        Stream.concat(Stream.of(jcmd.toString(), Long.toString(pid)), Stream.of(command)).toList();
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("%s failed".formatted(String.join(" ", all)));
    }
  }
}
