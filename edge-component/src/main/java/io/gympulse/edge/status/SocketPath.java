package io.gympulse.edge.status;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The path of a Unix domain socket. The kernel's address holds about a hundred bytes; a longer
/// path is reached through a symbolic link in a private temporary folder, which exists during the
/// call only.
record SocketPath(Path socket) {
  /// What macOS allows; Linux allows a few more.
  private static final int MAX_BYTES = 103;

  /// Binds to an address, or connects to one.
  interface Call<T> {
    T to(UnixDomainSocketAddress address) throws IOException;
  }

  /// @throws IOException if the call throws it, or there is no room for the link
  <T> T call(Call<T> call) throws IOException {
    Path path = socket.toAbsolutePath();
    Path folder = path.getParent();
    if (folder == null || path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
      return call.to(UnixDomainSocketAddress.of(path));
    }
    Path temporary = Files.createTempDirectory("gympulse");
    Path link = temporary.resolve("d");
    try {
      Files.createSymbolicLink(link, folder);
      return call.to(UnixDomainSocketAddress.of(link.resolve(socket.getFileName())));
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(temporary);
    }
  }
}
