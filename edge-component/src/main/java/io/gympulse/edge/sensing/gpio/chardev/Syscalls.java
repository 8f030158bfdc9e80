package io.gympulse.edge.sensing.gpio.chardev;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls for reading GPIO lines. As in the kernel's own interface, a negative result is
/// the negated error number. The constants are those of Linux on x86-64 and aarch64.
final class Syscalls {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;

  static final int O_CLOEXEC = 0x80000;
  static final int EFD_CLOEXEC = 0x80000;
  static final int EFD_NONBLOCK = 0x800;
  static final short POLLIN = 0x01;
  private static final int CLOCK_MONOTONIC = 1;

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle OPEN =
      variadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IOCTL =
      variadic("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  private static final MethodHandle READ =
      handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle POLL =
      handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle EVENTFD =
      handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOCK_GETTIME =
      handle("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  private Syscalls() {}

  static int open(String path) {
    return (int)
        call((arena, errno) -> (int) OPEN.invokeExact(errno, arena.allocateFrom(path), O_CLOEXEC));
  }

  static int ioctl(int fd, long request, MemorySegment argument) {
    return (int) call((_, errno) -> (int) IOCTL.invokeExact(errno, fd, request, argument));
  }

  static long read(int fd, MemorySegment buffer) {
    return call((_, errno) -> (long) READ.invokeExact(errno, fd, buffer, buffer.byteSize()));
  }

  static long write(int fd, MemorySegment buffer) {
    return call((_, errno) -> (long) WRITE.invokeExact(errno, fd, buffer, buffer.byteSize()));
  }

  static int poll(MemorySegment descriptors, long count, int millis) {
    return (int) call((_, errno) -> (int) POLL.invokeExact(errno, descriptors, count, millis));
  }

  static int eventfd() {
    int flags = EFD_CLOEXEC | EFD_NONBLOCK;
    return (int) call((_, errno) -> (int) EVENTFD.invokeExact(errno, 0, flags));
  }

  static void close(int fd) {
    call((_, errno) -> (int) CLOSE.invokeExact(errno, fd));
  }

  static long monotonicNanos() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(JAVA_LONG, 2);
      long result =
          call((_, errno) -> (int) CLOCK_GETTIME.invokeExact(errno, CLOCK_MONOTONIC, time));
      if (result < 0) {
        throw new IllegalStateException("clock_gettime(CLOCK_MONOTONIC) failed");
      }
      return time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000 + time.getAtIndex(JAVA_LONG, 1);
    }
  }

  private interface Call {
    long make(Arena arena, MemorySegment errno) throws Throwable;
  }

  private static long call(Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      long result = call.make(arena, errno);
      return result < 0 ? -(int) ERRNO.get(errno, 0L) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return linked(name, descriptor, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(String name, FunctionDescriptor descriptor) {
    return linked(
        name,
        descriptor,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(2));
  }

  @SuppressWarnings("restricted") // These calls are why the gateway is granted native access.
  private static MethodHandle linked(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
  }
}
