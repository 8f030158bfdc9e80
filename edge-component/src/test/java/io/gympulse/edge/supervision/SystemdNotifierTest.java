package io.gympulse.edge.supervision;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@SuppressWarnings("restricted") // It receives by the system calls that Java lacks.
class SystemdNotifierTest {
  @TempDir private Path folder;

  @Test
  void the_unit_states_socket_and_interval() {
    assertThat(SystemdNotifier.of(Map.of())).isEmpty();
    assertThat(SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "60000000")))
        .contains(new SystemdNotifier("/n", Optional.of(Duration.ofSeconds(30))));
    assertThat(SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "soon")))
        .contains(new SystemdNotifier("/n", Optional.empty()));
    assertThat(SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "0")))
        .contains(new SystemdNotifier("/n", Optional.empty()));
  }

  @Test
  void states_arrive_as_datagrams() throws Throwable {
    String path = folder.resolve("notify").toString();
    assertReceived(path, path.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void states_arrive_at_an_abstract_socket() throws Throwable {
    String name = "gympulse-test-" + ProcessHandle.current().pid();
    assertReceived("@" + name, ("\0" + name).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_socket_that_is_not_there_is_no_failure() {
    SystemdNotifier notifier =
        new SystemdNotifier(folder.resolve("none").toString(), Optional.empty());
    assertThatCode(notifier::ready).doesNotThrowAnyException();
    assertThatCode(() -> new SystemdNotifier("/" + "x".repeat(200), Optional.empty()).ready())
        .doesNotThrowAnyException();
  }

  private static void assertReceived(String socket, byte[] address) throws Throwable {
    try (DatagramSocket receiver = new DatagramSocket(address)) {
      SystemdNotifier notifier = new SystemdNotifier(socket, Optional.empty());
      notifier.ready();
      notifier.watchdog();
      assertThat(receiver.receive()).isEqualTo("READY=1");
      assertThat(receiver.receive()).isEqualTo("WATCHDOG=1");
    }
  }

  /// systemd's side.
  private static final class DatagramSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    private final int fd;

    DatagramSocket(byte[] path) throws Throwable {
      fd = (int) call("socket", JAVA_INT, JAVA_INT, JAVA_INT).invokeExact(AF_UNIX, SOCK_DGRAM, 0);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment address = arena.allocate(110, 2);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
        int result =
            (int)
                call("bind", JAVA_INT, ADDRESS, JAVA_INT).invokeExact(fd, address, 2 + path.length);
        assertThat(result).isZero();
      }
    }

    String receive() throws Throwable {
      MethodHandle read =
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().findOrThrow("read"),
                  FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment buffer = arena.allocate(100);
        long length = (long) read.invokeExact(fd, buffer, 100L);
        byte[] bytes = buffer.asSlice(0, length).toArray(JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }

    @Override
    public void close() {
      try {
        int _ = (int) call("close", JAVA_INT).invokeExact(fd);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    private static MethodHandle call(String name, MemoryLayout... arguments) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }
  }
}
