package io.gympulse.edge.doctor;

import io.gympulse.edge.uplink.TestKeys;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.net.ssl.SSLServerSocket;

/// A broker of MQTT 5 by TLS that answers CONNECT, SUBSCRIBE and PUBLISH by a policy and does
/// nothing else.
final class PolicyBroker implements AutoCloseable {
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int SUBSCRIBE = 8;
  private static final byte NOT_AUTHORIZED = (byte) 0x87;

  private final ServerSocket socket;
  private final Predicate<String> allowed;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /// @param key of the server, and the client's issuer
  /// @param allowed decides over `connect ID`, `subscribe TOPIC` and `publish TOPIC`
  PolicyBroker(TestKeys keys, String key, String client, Predicate<String> allowed)
      throws IOException, GeneralSecurityException {
    this.allowed = allowed;
    SSLServerSocket server =
        (SSLServerSocket)
            keys.serverContext(key, client)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    socket = server;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream())) {
      OutputStream out = client.getOutputStream();
      while (true) {
        int type = in.readUnsignedByte() >> 4;
        byte[] body = in.readNBytes(remainingLength(in));
        switch (type) {
          // Protocol name, version, flags, keep-alive; then the properties.
          case CONNECT -> out.write(connAck(reason("connect " + text(body, 11 + body[10]))));
          case SUBSCRIBE -> {
            byte reason = reason("subscribe " + text(body, 3 + body[2]));
            out.write(new byte[] {(byte) 0x90, 4, body[0], body[1], 0, reason});
          }
          case PUBLISH -> {
            int id = 2 + (body[0] << 8 | body[1]);
            byte reason = reason("publish " + text(body, 0));
            out.write(new byte[] {0x40, 3, body[id], body[id + 1], reason});
          }
          default -> {}
        }
        out.flush();
      }
    } catch (IOException e) {
      // The client has closed the connection.
    }
  }

  private byte reason(String request) {
    requests.add(request);
    return allowed.test(request) ? 0 : NOT_AUTHORIZED;
  }

  private static byte[] connAck(byte reason) {
    return new byte[] {0x20, 3, 0, reason, 0};
  }

  private static String text(byte[] body, int at) {
    int length = (body[at] & 0xff) << 8 | (body[at + 1] & 0xff);
    return new String(body, at + 2, length, StandardCharsets.UTF_8);
  }

  private static int remainingLength(DataInputStream in) throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = in.readUnsignedByte();
      length |= (digit & 0x7f) << shift;
      if (digit < 0x80) {
        return length;
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
