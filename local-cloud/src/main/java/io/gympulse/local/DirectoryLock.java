package io.gympulse.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/// Keeps a second process out of a directory. The system frees it when the process dies.
final class DirectoryLock implements AutoCloseable {

  private final FileChannel file;

  private DirectoryLock(FileChannel file) {
    this.file = file;
  }

  /// @throws IOException if another process has it; the message names the directory
  static DirectoryLock take(Path lockFile) throws IOException {
    FileChannel file = FileChannel.open(lockFile, CREATE, WRITE);
    try {
      if (file.tryLock() != null) {
        return new DirectoryLock(file);
      }
    } catch (OverlappingFileLockException e) {
      file.close();
      throw used(lockFile);
    }
    file.close();
    throw used(lockFile);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static IOException used(Path lockFile) {
    return new IOException(
        "another cloud uses %s; stop it, or choose another directory with --data"
            .formatted(lockFile.toAbsolutePath().getParent()));
  }
}
