package io.gympulse.cloud.api.stream;

import java.util.concurrent.CompletableFuture;

/// The sending half of one connection.
interface Outlet {
  /// Hands over one text frame; the future ends when the network has taken it or never will. Does
  /// not block.
  CompletableFuture<?> send(String text);

  /// Ends the connection, telling the peer to try again later if it still listens.
  void drop();
}
