package io.gympulse.local.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.local.pki.CertificateAuthority.Issued;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// An MQTT 5 client without the protocol's rules: it sends arbitrary bytes and reads on demand. For
/// one sending and one reading thread.
final class RawClient implements AutoCloseable {

  /// A received packet: its type, such as `0x40` for PUBACK, and the bytes after its length.
  static final class Packet {
    private final int type;
    private final byte[] body;

    private Packet(int type, byte[] body) {
      this.type = type;
      this.body = body;
    }

    int type() {
      return type;
    }

    byte[] body() {
      return body;
    }

    /// The last byte, which is the reason code of a SUBACK for one filter.
    int lastByte() {
      return body[body.length - 1] & 0xFF;
    }
  }

  static final int CONNACK = 0x20;
  static final int PUBACK = 0x40;
  static final int SUBACK = 0x90;
  static final int DISCONNECT = 0xE0;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int packetId;

  /// Connects by TLS and sends no CONNECT.
  ///
  /// @param from the local address, a loopback address
  RawClient(TestBroker broker, Issued identity, String from) throws Exception {
    KeyStore root = KeyStore.getInstance("PKCS12");
    root.load(null, null);
    root.setCertificateEntry("root", broker.root());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(root);
    KeyManagerFactory keys = TestBroker.keys(identity);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    Socket plain = new Socket();
    plain.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    plain.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.broker().port()), 5_000);
    socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", 0, true);
    socket.setSoTimeout(20_000);
    socket.startHandshake();
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  static RawClient connected(TestBroker broker, Issued identity, String clientId, String from)
      throws Exception {
    RawClient client = new RawClient(broker, identity, from);
    client.connect(clientId);
    Packet answer = client.read();
    if (answer.type() != CONNACK || answer.body()[1] != 0) {
      throw new IOException("not connected: " + Arrays.toString(answer.body()));
    }
    return client;
  }

  void connect(String clientId) throws IOException {
    write(connecting(clientId));
  }

  /// @return the bytes of a CONNECT
  static byte[] connecting(String clientId) throws IOException {
    var body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(5);
    body.write(2);
    number(body, 600);
    body.write(0);
    text(body, clientId);
    return packet(0x10, body.toByteArray());
  }

  /// @return the bytes of a publish with QoS 1, or QoS 0 if the packet id is 0
  static byte[] publish(String topic, int packetId, byte[] payload) throws IOException {
    var body = new ByteArrayOutputStream();
    text(body, topic);
    if (packetId > 0) {
      number(body, packetId);
    }
    body.write(0);
    body.write(payload);
    return packet(packetId > 0 ? 0x32 : 0x30, body.toByteArray());
  }

  void subscribe(String... filters) throws IOException {
    var body = new ByteArrayOutputStream();
    number(body, nextId());
    body.write(0);
    for (String filter : filters) {
      text(body, filter);
      body.write(1);
    }
    send(0x82, body.toByteArray());
  }

  void unsubscribe(String filter) throws IOException {
    var body = new ByteArrayOutputStream();
    number(body, nextId());
    body.write(0);
    text(body, filter);
    send(0xA2, body.toByteArray());
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /// @throws java.io.EOFException if the connection was closed
  Packet read() throws IOException {
    int type = in.readUnsignedByte() & 0xF0;
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    byte[] body = new byte[length];
    in.readFully(body);
    return new Packet(type, body);
  }

  /// The next packet of a type; others are skipped.
  Packet read(int type) throws IOException {
    while (true) {
      Packet packet = read();
      if (packet.type() == type) {
        return packet;
      }
    }
  }

  private int nextId() {
    packetId = packetId % 60_000 + 1;
    return packetId;
  }

  private void send(int type, byte[] body) throws IOException {
    write(packet(type, body));
  }

  private static byte[] packet(int type, byte[] body) throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.write(type);
    int rest = body.length;
    do {
      packet.write((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
      rest >>= 7;
    } while (rest > 0);
    packet.write(body);
    return packet.toByteArray();
  }

  private static void text(ByteArrayOutputStream body, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    number(body, bytes.length);
    body.write(bytes);
  }

  private static void number(ByteArrayOutputStream body, int number) {
    body.write(number >> 8);
    body.write(number & 0xFF);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
