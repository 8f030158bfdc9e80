package io.gympulse.cloud.api.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/// A stream whose frames a test writes byte by byte.
final class RawSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  private static final int LAST = 0x80;

  private final Socket socket;
  private final DataInputStream in;
  private final String status;

  /// @param key the header Sec-WebSocket-Key
  RawSocket(int port, String path, String key) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
    String upgrade =
        """
        GET %s HTTP/1.1\r
        Host: localhost\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: %s\r
        \r
        """
            .formatted(path, key);
    socket.getOutputStream().write(upgrade.getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    status = head.substring(0, head.indexOf("\r\n"));
  }

  /// The response's status line.
  String status() {
    return status;
  }

  /// @param code of a close frame, its first two bytes; -1 if it has none
  record Frame(int opcode, int code, String text) {}

  void send(int opcode, boolean last, byte[] payload) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] frame = new byte[payload.length + 8];
    frame[0] = (byte) (opcode | (last ? LAST : 0));
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    // A mask of four zero bytes leaves the payload as it is.
    System.arraycopy(payload, 0, frame, 8, payload.length);
    if (payload.length < 126) {
      // RFC 6455 requires the shortest length encoding.
      byte[] shortFrame = new byte[payload.length + 6];
      shortFrame[0] = frame[0];
      shortFrame[1] = (byte) (0x80 | payload.length);
      System.arraycopy(payload, 0, shortFrame, 6, payload.length);
      frame = shortFrame;
    }
    out.write(frame);
    out.flush();
  }

  void sendText(String text) throws IOException {
    send(TEXT, true, text.getBytes(UTF_8));
  }

  /// @throws java.io.EOFException at the connection's end
  Frame receive() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte();
    byte[] payload = new byte[length < 126 ? length : in.readUnsignedShort()];
    in.readFully(payload);
    int code = payload.length < 2 ? -1 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    return new Frame(opcode, code, new String(payload, UTF_8));
  }

  /// Skips frames with another opcode.
  Frame receive(int opcode) throws IOException {
    Frame frame = receive();
    while (frame.opcode() != opcode) {
      frame = receive();
    }
    return frame;
  }

  /// Skips frames without this text.
  Frame receiveText(String part) throws IOException {
    Frame frame = receive(TEXT);
    while (!frame.text().contains(part)) {
      frame = receive(TEXT);
    }
    return frame;
  }

  /// Whether the peer has closed the connection; call after reading all frames.
  boolean ended() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
