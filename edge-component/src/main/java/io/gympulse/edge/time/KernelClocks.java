package io.gympulse.edge.time;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/// The clocks of the Linux kernel: `CLOCK_BOOTTIME`, the boot id, and, by `adjtimex(2)`, whether
/// the wall clock is synchronised.
///
/// It is while the kernel's `STA_UNSYNC` is clear: time daemons clear it, and the kernel sets it
/// when the clock is set by hand or no daemon has updated it for long.
public final class KernelClocks implements MachineClocks {
  static final int STA_UNSYNC = 0x0040;

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int CLOCK_BOOTTIME = 7;
  private static final MemoryLayout C_LONG =
      Objects.requireNonNull(Linker.nativeLinker().canonicalLayouts().get("long"));
  private static final StructLayout TIMESPEC =
      MemoryLayout.structLayout(C_LONG.withName("seconds"), C_LONG.withName("nanos"));
  // struct timex begins with `unsigned modes; long offset, freq, maxerror, esterror; int status`;
  // the kernel writes all of it, which is no longer than this on any architecture.
  private static final long TIMEX_BYTES = 256;
  private static final long STATUS_OFFSET = 5 * C_LONG.byteSize();

  private final BootId boot;
  private final InstantSource wall;
  private final MethodHandle clockGettime;
  private final MethodHandle adjtimex;
  private final VarHandle seconds;
  private final VarHandle nanos;

  @SuppressWarnings("restricted") // The gateway is granted native access for these two calls.
  private KernelClocks(BootId boot, InstantSource wall) {
    this.boot = boot;
    this.wall = wall;
    Linker linker = Linker.nativeLinker();
    this.clockGettime =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    this.adjtimex =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("adjtimex"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    this.seconds = TIMESPEC.varHandle(PathElement.groupElement("seconds"));
    this.nanos = TIMESPEC.varHandle(PathElement.groupElement("nanos"));
  }

  /// Whether this machine runs Linux.
  public static boolean available() {
    return Files.isReadable(BOOT_ID);
  }

  /// @throws IOException if the machine does not run Linux
  public static KernelClocks open() throws IOException {
    return new KernelClocks(new BootId(Files.readString(BOOT_ID).strip()), InstantSource.system());
  }

  @Override
  public BootId boot() {
    return boot;
  }

  @Override
  public Duration sinceBoot() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TIMESPEC);
      int result = (int) clockGettime.invokeExact(CLOCK_BOOTTIME, time);
      if (result != 0) {
        throw new IllegalStateException("clock_gettime(CLOCK_BOOTTIME) failed");
      }
      return Duration.ofSeconds(number(seconds, time), number(nanos, time));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// A daemon may set the clock at any moment, so the status is read before and after the time.
  @Override
  public WallReading readWall() {
    boolean synchronisedBefore = isSynchronised();
    Instant at = wall.instant();
    return new WallReading(at, synchronisedBefore && isSynchronised());
  }

  private boolean isSynchronised() {
    return (status() & STA_UNSYNC) == 0;
  }

  private int status() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(TIMEX_BYTES, C_LONG.byteAlignment());
      int result = (int) adjtimex.invokeExact(timex);
      return result < 0 ? STA_UNSYNC : timex.get(ValueLayout.JAVA_INT, STATUS_OFFSET);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// A C `long` has four bytes on some architectures.
  private static long number(VarHandle field, MemorySegment struct) {
    return ((Number) field.get(struct, 0L)).longValue();
  }

  private static RuntimeException failed(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
