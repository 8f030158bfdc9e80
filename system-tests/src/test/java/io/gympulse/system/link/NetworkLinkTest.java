package io.gympulse.system.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkLinkTest {
  private ServerSocket echo = newServer();
  private NetworkLink link = newLink(echo);

  @BeforeEach
  void serve() {
    Thread.ofVirtual().start(this::acceptAndEcho);
  }

  @AfterEach
  void stop() throws IOException {
    link.close();
    echo.close();
  }

  @Test
  void bytes_pass_both_ways_while_the_link_is_up() throws IOException {
    try (Socket socket = connect()) {
      assertThat(exchange(socket, 42)).isEqualTo(42);
    }
  }

  @Test
  void a_black_hole_delays_bytes_and_drops_none() throws IOException {
    try (Socket socket = connect()) {
      assertThat(exchange(socket, 1)).isEqualTo(1);
      link.set(NetworkLink.State.BLACK_HOLE);
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> exchange(socket, 2)).isInstanceOf(SocketTimeoutException.class);
      link.set(NetworkLink.State.UP);
      socket.setSoTimeout(5_000);
      assertThat(socket.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_opened_during_a_black_hole_works_when_the_link_is_up() throws IOException {
    link.set(NetworkLink.State.BLACK_HOLE);
    try (Socket socket = connect()) {
      socket.getOutputStream().write(7);
      link.set(NetworkLink.State.UP);
      assertThat(socket.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void a_reset_ends_connections_and_refuses_new_ones() throws IOException {
    try (Socket socket = connect()) {
      assertThat(exchange(socket, 1)).isEqualTo(1);
      link.set(NetworkLink.State.RESET);
      assertThat(endOf(socket)).isTrue();
      try (Socket another = connect()) {
        assertThat(endOf(another)).isTrue();
      }
    }
    link.set(NetworkLink.State.UP);
    try (Socket socket = connect()) {
      assertThat(exchange(socket, 3)).isEqualTo(3);
    }
  }

  @Test
  void a_slow_link_delays_all_bytes() throws IOException {
    link.set(new NetworkLink.State.Slow(Duration.ofMillis(50), 1_000_000));
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      assertThat(exchange(socket, 9)).isEqualTo(9);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(99));
    }
  }

  private static int exchange(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    return socket.getInputStream().read();
  }

  private static boolean endOf(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException e) {
      return true;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private void acceptAndEcho() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int value = in.read(); value >= 0; value = in.read()) {
        socket.getOutputStream().write(value);
      }
    } catch (IOException e) {
      // The test cut the link.
    }
  }

  private static ServerSocket newServer() {
    try {
      return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NetworkLink newLink(ServerSocket target) {
    try {
      return NetworkLink.to(target.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
