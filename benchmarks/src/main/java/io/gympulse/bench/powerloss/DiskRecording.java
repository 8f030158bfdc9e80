package io.gympulse.bench.powerloss;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The changes to the files of one folder in order, with marks of the guarantees that were given
/// meanwhile. Safe for any number of threads.
final class DiskRecording implements SqliteSyscalls.Listener {
  private final Path folder;
  private final List<Step> steps = new ArrayList<>();

  /// @param folder absolute, without symbolic links
  DiskRecording(Path folder) {
    this.folder = folder;
  }

  /// One change; files are named relative to the folder.
  sealed interface Step {
    record Write(String file, long offset, ByteBuffer bytes) implements Step {}

    record Truncate(String file, long length) implements Step {}

    record Flush(String file) implements Step {}

    record FlushFolder() implements Step {}

    record Remove(String file) implements Step {}

    /// A guarantee was given.
    record Mark(Object guarantee) implements Step {}
  }

  void mark(Object guarantee) {
    add(new Step.Mark(guarantee));
  }

  synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  /// The number of flushes of this file.
  synchronized long flushes(String file) {
    return steps.stream().filter(new Step.Flush(file)::equals).count();
  }

  private synchronized void add(Step step) {
    steps.add(step);
  }

  @Override
  public void written(Path path, long offset, byte[] bytes) {
    if (isRecorded(path)) {
      add(new Step.Write(name(path), offset, ByteBuffer.wrap(bytes)));
    }
  }

  @Override
  public void truncated(Path path, long length) {
    if (isRecorded(path)) {
      add(new Step.Truncate(name(path), length));
    }
  }

  @Override
  public void flushed(Path path) {
    if (path.equals(folder)) {
      add(new Step.FlushFolder());
    } else if (isRecorded(path)) {
      add(new Step.Flush(name(path)));
    }
  }

  @Override
  public void removed(Path path) {
    if (isRecorded(path)) {
      add(new Step.Remove(name(path)));
    }
  }

  /// The index of the write-ahead log is shared memory, which is rebuilt on opening.
  private boolean isRecorded(Path path) {
    return folder.equals(path.getParent()) && !name(path).endsWith("-shm");
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
