package io.gympulse.edge.doctor;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// The folder of the outbox: this user can write to it, owns it, and nobody else can change it.
///
/// @param folder it is not created
/// @param user who runs this process
record DataFolderCheck(Path folder, String user) implements Check {

  @Override
  public String name() {
    return "data-folder";
  }

  @Override
  public Finding run() throws IOException {
    Path existing = existing(folder);
    try {
      Files.delete(Files.createTempFile(existing, "check", null));
    } catch (IOException e) {
      return Finding.failed(
          "key 'dataDir': %s cannot be written (%s)".formatted(folder, e),
          "make this process's user its owner, or give another folder");
    }
    if (!existing.equals(folder)) {
      return Finding.ok("%s is not there yet and can be created".formatted(folder));
    }
    String owner = Files.getOwner(folder).getName();
    if (!owner.equals(user)) {
      return Finding.warning(
          "%s belongs to %s, and this is %s".formatted(folder, owner, user),
          "run the doctor and the gateway as %s".formatted(owner));
    }
    return isOpenToOthers(folder)
        ? Finding.warning(
            "%s can be written by every user".formatted(folder), "chmod o-w " + folder)
        : Finding.ok("%s belongs to %s and can be written".formatted(folder, owner));
  }

  /// The folder, or the next one above it that exists.
  static Path existing(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing.equals(folder.toAbsolutePath()) ? folder : existing;
  }

  private static boolean isOpenToOthers(Path folder) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    return permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }
}
