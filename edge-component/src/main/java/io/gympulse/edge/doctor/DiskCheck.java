package io.gympulse.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Free space for the outbox and the logs.
///
/// @param folder the data folder, which need not exist
record DiskCheck(Path folder) implements Check {
  private static final long MEGABYTE = 1 << 20;
  private static final long NEEDED = 50 * MEGABYTE;
  private static final long COMFORTABLE = 200 * MEGABYTE;

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Finding run() throws IOException {
    return finding(Files.getFileStore(DataFolderCheck.existing(folder)).getUsableSpace());
  }

  /// @param bytes free for this user
  Finding finding(long bytes) {
    String seen = "%d MB free for %s".formatted(bytes / MEGABYTE, folder);
    String remedy =
        "free %d MB there (journalctl --vacuum-size=50M), or give 'dataDir' another disk"
            .formatted(COMFORTABLE / MEGABYTE);
    if (bytes < NEEDED) {
      return Finding.failed(seen, remedy);
    }
    return bytes < COMFORTABLE ? Finding.warning(seen, remedy) : Finding.ok(seen);
  }
}
