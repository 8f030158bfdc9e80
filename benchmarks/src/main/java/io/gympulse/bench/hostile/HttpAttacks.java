package io.gympulse.bench.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gympulse.system.environment.MemberToken;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Attacks on the HTTP ports by clients without credentials, or with those that development gives
/// to anybody.
final class HttpAttacks {
  private static final int UNFINISHED = 50;

  /// The longest body that the cloud accepts; a longer one is refused by its Content-Length.
  private static final int CONTENT_LENGTH = 1 << 20;

  private static final int SENT = CONTENT_LENGTH - 1;
  private static final int ALERTS = 100;
  private static final int SOCKETS = 20;
  private static final int FRAGMENTS = 200;
  private static final long HOLD_MILLIS = 5_000;
  private static final int RESPONSE_MILLIS = 5_000;
  private static final String UPGRADED = "HTTP/1.1 101";

  private final URI cloud;
  private final URI api;
  private final String machine;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ServerSocket silent;

  /// @param cloud the cloud's HTTP address
  /// @param api the API's HTTP address
  /// @param machine the id of a machine of the honest gym
  ///
  /// @throws IOException if no port is free for a webhook that never answers
  HttpAttacks(URI cloud, URI api, String machine) throws IOException {
    this.silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.cloud = cloud;
    this.api = api;
    this.machine = machine;
  }

  List<Attack> all() {
    return List.of(
        new Attack("unfinished bodies", 500, this::unfinishedBodies),
        new Attack("alerts of invented users", 200, this::alerts),
        new Attack("sockets with one key and endless messages", 500, this::sockets));
  }

  private void unfinishedBodies(Runnable onEffect) throws IOException, InterruptedException {
    String head =
        "POST /ingest HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(cloud.getAuthority(), CONTENT_LENGTH);
    byte[] part = new byte[SENT];
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < UNFINISHED; i++) {
        Socket socket = connected(cloud);
        open.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(US_ASCII));
        out.write(part);
        out.flush();
        if (i == 0 && Attack.isKeptOpen(socket)) {
          onEffect.run();
        }
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      closeAll(open);
    }
  }

  private void alerts(Runnable onEffect) throws IOException, InterruptedException {
    String body =
        "{\"machineId\":\"%s\",\"repeat\":true,\"channels\":[{\"type\":\"webhook\",\"uri\":\"http://127.0.0.1:%d/dead\",\"secret\":\"0123456789abcdef\"}]}"
            .formatted(machine, silent.getLocalPort());
    for (int i = 0; i < ALERTS; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve("/alerts"))
              .header("Content-Type", "application/json")
              .header("Authorization", MemberToken.header(client, api))
              .timeout(Duration.ofSeconds(10))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 201) {
        throw new IOException("refused with " + status);
      }
      onEffect.run();
    }
  }

  /// WebSockets with the same key, each with a message of endless fragments.
  private void sockets(Runnable onEffect) throws IOException, InterruptedException {
    String upgrade =
        "GET /stream HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            .formatted(api.getAuthority());
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < SOCKETS; i++) {
        Socket socket = connected(api);
        open.add(socket);
        socket.getOutputStream().write(upgrade.getBytes(US_ASCII));
      }
      if (isUpgraded(open.getFirst())) {
        onEffect.run();
      }
      Thread.sleep(500);
      for (int i = 0; i < FRAGMENTS; i++) {
        for (Socket socket : open) {
          socket.getOutputStream().write(fragment(i == 0));
        }
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      closeAll(open);
    }
  }

  private static boolean isUpgraded(Socket socket) throws IOException {
    socket.setSoTimeout(RESPONSE_MILLIS);
    byte[] status = socket.getInputStream().readNBytes(UPGRADED.length());
    return new String(status, US_ASCII).equals(UPGRADED);
  }

  /// A masked text frame of 30,000 bytes that is not the message's last.
  private static byte[] fragment(boolean first) {
    byte[] frame = new byte[8 + 30_000];
    frame[0] = (byte) (first ? 0x01 : 0x00);
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (30_000 >> 8);
    frame[3] = (byte) 30_000;
    return frame;
  }

  private static Socket connected(URI to) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(to.getHost(), to.getPort()), 2_000);
    return socket;
  }

  private static void closeAll(List<Socket> open) throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }
}
