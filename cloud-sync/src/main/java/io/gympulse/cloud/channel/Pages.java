package io.gympulse.cloud.channel;

import io.gympulse.cloud.core.alert.UserId;

/// Members' open pages. What is foreseen to fail is answered, not thrown. Safe for any number of
/// threads.
public interface Pages {
  /// Shows a frame on every page that the member has open.
  Shown show(UserId user, String frame);

  /// What became of it.
  sealed interface Shown {
    /// @param pages how many took it; 0 if none is open
    record On(int pages) implements Shown {}

    /// @param reason for logs
    record Failed(String reason) implements Shown {}
  }
}
