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

/// A TCP proxy on loopback whose [LinkState] can be changed at any time. Safe for any number of
/// threads.
public final class Link implements AutoCloseable {
  private static final int PIECE = 4_096;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger carried = new AtomicInteger();
  private LinkState state = LinkState.UP;

  private Link(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /// A link to a port of this machine, on a free port of its own.
  public static Link to(int target) throws IOException {
    Link link = new Link(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().name("link-to-" + target).start(link::accept);
    return link;
  }

  public int port() {
    return listener.getLocalPort();
  }

  public void set(LinkState next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (next instanceof LinkState.Reset) {
      sockets.forEach(Link::reset);
    }
  }

  /// Whether a connection goes through it now.
  public boolean carries() {
    return carried.get() > 0;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        sockets.add(near);
        Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException e) {
        // The listener was closed, or one connection failed before it began: the loop knows which.
      }
    }
  }

  private void connect(Socket near) {
    Socket far = new Socket();
    sockets.add(far);
    try {
      passing();
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      carried.incrementAndGet();
      try {
        Thread.ofVirtual().start(() -> pump(near, far));
        pump(far, near);
      } finally {
        carried.decrementAndGet();
      }
    } catch (IOException e) {
      drop(near, far);
    } catch (InterruptedException e) {
      drop(near, far);
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (passing() instanceof LinkState.Slow slow) {
          Thread.sleep(
              slow.delay().plus(Duration.ofNanos(read * 1_000_000_000L / slow.bytesPerSecond())));
          passing();
        }
        out.write(piece, 0, read);
      }
    } catch (IOException e) {
      // Either end hung up, or the link was reset: both ends learn it below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop(from, to);
    }
  }

  /// Waits until bytes may pass.
  private LinkState passing() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (state instanceof LinkState.BlackHole && !listener.isClosed()) {
        changed.await();
      }
      if (state instanceof LinkState.Reset) {
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
    set(LinkState.RESET);
  }
}
