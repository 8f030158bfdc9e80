package io.gympulse.system.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The network between a gym and the cloud: a TCP proxy on loopback whose [State] can be changed
/// at any time. Safe for any number of threads.
public final class NetworkLink implements AutoCloseable {
  private static final int CHUNK_BYTES = 4_096;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger connections = new AtomicInteger();
  private State state = State.UP;

  private NetworkLink(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /// Listens on a free port and forwards to a port of this machine.
  public static NetworkLink to(int target) throws IOException {
    NetworkLink link =
        new NetworkLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().name("link-to-" + target).start(link::accept);
    return link;
  }

  public int port() {
    return listener.getLocalPort();
  }

  public void set(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (next instanceof State.Reset) {
      sockets.forEach(NetworkLink::reset);
    }
  }

  /// Whether any connection is being forwarded.
  public boolean hasConnection() {
    return connections.get() > 0;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        sockets.add(near);
        Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException e) {
        // The listener was closed, or one connection failed to open: the loop checks which.
      }
    }
  }

  private void connect(Socket near) {
    Socket far = new Socket();
    sockets.add(far);
    try {
      awaitPassable();
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      connections.incrementAndGet();
      try {
        Thread.ofVirtual().start(() -> pump(near, far));
        pump(far, near);
      } finally {
        connections.decrementAndGet();
      }
    } catch (IOException e) {
      drop(near, far);
    } catch (InterruptedException e) {
      drop(near, far);
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (awaitPassable() instanceof State.Slow slow) {
          Thread.sleep(
              slow.delay().plus(Duration.ofNanos(read * 1_000_000_000L / slow.bytesPerSecond())));
          awaitPassable();
        }
        out.write(chunk, 0, read);
      }
    } catch (IOException e) {
      // One end closed, or the link was reset: both sockets are closed below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop(from, to);
    }
  }

  /// Waits while the link is a black hole.
  private State awaitPassable() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (state instanceof State.BlackHole && !listener.isClosed()) {
        changed.await();
      }
      if (state instanceof State.Reset) {
        throw new IOException("the link is reset");
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  private void drop(Socket one, Socket other) {
    reset(one);
    reset(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  private static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    set(State.RESET);
  }

  /// How a link treats bytes and connections.
  public sealed interface State {
    State UP = new Up();
    State BLACK_HOLE = new BlackHole();
    State RESET = new Reset();

    /// Bytes pass without delay.
    record Up() implements State {}

    /// Bytes and new connections wait until the state changes, as with a pulled cable.
    record BlackHole() implements State {}

    /// Connections are reset, new ones immediately, as by a restarting router.
    record Reset() implements State {}

    /// Bytes pass with a delay and at a limited rate.
    ///
    /// @param delay before each chunk of up to 4,096 bytes
    /// @param bytesPerSecond in each direction of each connection, at least 1
    record Slow(Duration delay, int bytesPerSecond) implements State {
      public Slow {
        if (bytesPerSecond < 1 || delay.isNegative()) {
          throw new IllegalArgumentException(
              "a slow link needs a delay of at least 0 and a rate of at least 1 byte/s");
        }
      }
    }
  }
}
