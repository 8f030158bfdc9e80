package io.gympulse.edge.sensing.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A broker that answers each CONNECT with given bytes, by the version that it names, and every
/// SUBSCRIBE with one given return code.
public final class ScriptedBroker implements AutoCloseable {
  private static final int CONNECT = 1;
  private static final int SUBSCRIBE = 8;
  private static final int MQTT_3_1_1 = 4;

  private final ServerSocket socket;
  private final byte[] toMqtt5;
  private final byte[] toMqtt311;
  private final byte granted;
  private final List<Integer> versions = new CopyOnWriteArrayList<>();

  /// @param toMqtt5 what is sent to a client of MQTT 5 before its connection is closed
  /// @param toMqtt311 what is sent to a client of MQTT 3.1.1
  /// @param granted the return code of SUBACK
  public ScriptedBroker(byte[] toMqtt5, byte[] toMqtt311, int granted) throws IOException {
    this.toMqtt5 = toMqtt5.clone();
    this.toMqtt311 = toMqtt311.clone();
    this.granted = (byte) granted;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public static byte[] connAck(int returnCode) {
    return new byte[] {0x20, 2, 0, (byte) returnCode};
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /// The versions of the CONNECT packets so far.
  List<Integer> versions() {
    return List.copyOf(versions);
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
        if (type == CONNECT) {
          int version = body[6];
          versions.add(version);
          out.write(version == MQTT_3_1_1 ? toMqtt311 : toMqtt5);
          if (version != MQTT_3_1_1) {
            return;
          }
        } else if (type == SUBSCRIBE) {
          out.write(new byte[] {(byte) 0x90, 3, body[0], body[1], granted});
        }
      }
    } catch (IOException e) {
      // The client has closed the connection.
    }
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
