package io.gympulse.system.demo;

import java.io.IOException;
import java.net.URI;

/// Opens the page in the default browser if there is a desktop.
final class Browser {
  private Browser() {}

  /// Does nothing without a desktop.
  static void open(URI page) {
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    if (!mac && System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
      return;
    }
    try {
      new ProcessBuilder(mac ? "open" : "xdg-open", page.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      System.err.println("no browser could be opened: " + e.getMessage());
    }
  }
}
