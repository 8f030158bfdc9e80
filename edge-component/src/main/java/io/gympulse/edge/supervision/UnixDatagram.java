package io.gympulse.edge.supervision;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// Sends datagrams to Unix domain sockets of Linux, which Java has as streams only.
final class UnixDatagram {
  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  /// `struct sockaddr_un`: the family, then the path.
  private static final int PATH_AT = 2;

  private static final int MAX_PATH = 108;

  private UnixDatagram() {}

  /// Does not block.
  ///
  /// @param socket its path; one that begins with `@` is in the abstract namespace
  /// @throws IOException if the socket does not take it
  static void send(String socket, String text) throws IOException {
    byte[] path = socket.getBytes(StandardCharsets.UTF_8);
    if (path.length >= MAX_PATH) {
      throw new IOException("socket %s has too long a path".formatted(socket));
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    if (send(path, text.getBytes(StandardCharsets.UTF_8)) < 0) {
      throw new IOException("socket %s does not take a message".formatted(socket));
    }
  }

  private static long send(byte[] path, byte[] message) {
    try (Arena arena = Arena.ofConfined()) {
      int fd = (int) Calls.SOCKET.invokeExact((int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (fd < 0) {
        return fd;
      }
      MemorySegment address = arena.allocate(PATH_AT + MAX_PATH, JAVA_SHORT.byteAlignment());
      address.set(JAVA_SHORT, 0, AF_UNIX);
      MemorySegment.copy(path, 0, address, JAVA_BYTE, PATH_AT, path.length);
      long sent =
          (long)
              Calls.SENDTO.invokeExact(
                  fd,
                  arena.allocateFrom(JAVA_BYTE, message),
                  (long) message.length,
                  MSG_DONTWAIT | MSG_NOSIGNAL,
                  address,
                  PATH_AT + path.length);
      int _ = (int) Calls.CLOSE.invokeExact(fd);
      return sent;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Linked at the first use: only a service needs them.
  private static final class Calls {
    static final MethodHandle SOCKET =
        linked("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle SENDTO =
        linked(
            "sendto",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle CLOSE = linked("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Calls() {}

    @SuppressWarnings("restricted") // The gateway is granted native access.
    private static MethodHandle linked(String name, FunctionDescriptor descriptor) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
  }
}
