package io.gympulse.local.netty;

/// Lets Netty free buffers that it has not allocated: the broker's journal frees its own through
/// Netty, which on JDK 25 needs Unsafe for that.
public final class NettyMemory {
  private static final String NO_UNSAFE = "io.netty.noUnsafe";

  private NettyMemory() {}

  /// To be called before Netty's first class is loaded; later calls do nothing.
  public static void allowUnsafe() {
    if (System.getProperty(NO_UNSAFE) == null) {
      System.setProperty(NO_UNSAFE, "false");
    }
  }
}
