package io.gympulse.bench.powerloss;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What was done to the files of one folder, in order, with marks of what was promised meanwhile.
/// Safe for any number of threads.
final class DiskRecording implements SqliteCalls.Listener {
  private final Path folder;
  private final List<Step> steps = new ArrayList<>();

  /// @param folder absolute, without symbolic links
  DiskRecording(Path folder) {
    this.folder = folder;
  }

  /// One thing done; files are named within the folder.
  sealed interface Step {
    record Write(String file, long offset, ByteBuffer bytes) implements Step {}

    record Cut(String file, long length) implements Step {}

    record Flush(String file) implements Step {}

    record FlushFolder() implements Step {}

    record Remove(String file) implements Step {}

    /// A promise was given, in the words of whoever records.
    record Mark(Object what) implements Step {}
  }

  void mark(Object what) {
    add(new Step.Mark(what));
  }

  synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  /// How often this file was flushed.
  synchronized long flushes(String file) {
    return steps.stream().filter(new Step.Flush(file)::equals).count();
  }

  private synchronized void add(Step step) {
    steps.add(step);
  }

  @Override
  public void written(Path path, long offset, byte[] bytes) {
    if (isKept(path)) {
      add(new Step.Write(name(path), offset, ByteBuffer.wrap(bytes)));
    }
  }

  @Override
  public void cut(Path path, long length) {
    if (isKept(path)) {
      add(new Step.Cut(name(path), length));
    }
  }

  @Override
  public void flushed(Path path) {
    if (path.equals(folder)) {
      add(new Step.FlushFolder());
    } else if (isKept(path)) {
      add(new Step.Flush(name(path)));
    }
  }

  @Override
  public void removed(Path path) {
    if (isKept(path)) {
      add(new Step.Remove(name(path)));
    }
  }

  /// The index of the write-ahead log is memory that is shared, and made anew.
  private boolean isKept(Path path) {
    return folder.equals(path.getParent()) && !name(path).endsWith("-shm");
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
