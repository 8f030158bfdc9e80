package io.gympulse.local;

import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertTerms;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.notify.channel.WebSocketChannel.SendResult;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A load test with many fake members who wait for one machine, each with a webhook that accepts
/// the connection and never responds, and with two real members: one waits alone for another
/// machine, one for a third with as many fake members as the API allows. Its own process, so that
/// its heap is the cloud's.
///
/// Prints `crowd: members=N alone_ms=N among_ms=N receivers=N`: the time from when the machines
/// became free until the real members were notified, and the number of open webhook connections.
/// Exit status 1 if a real member is not notified within a minute.
final class Crowd {
  private static final GymId GYM = new GymId("gym-1");
  private static final MachineId BIKE = new MachineId("bike");
  private static final MachineId ROWER = new MachineId("rower");
  private static final MachineId BENCH = new MachineId("bench");
  private static final int MOST_PER_MACHINE = 500;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private Crowd() {}

  /// @param args the folder, and the number of fake members
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int members = Integer.parseInt(args[1]);
    ProcessClock clock = ProcessClock.real();
    try (Hanging hanging = new Hanging();
        Honest honest = new Honest();
        SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"));
        DeliveryChannels channels =
            new DeliveryChannels((_, _) -> new SendResult.Sent(0), Optional.empty(), clock);
        Notifications _ = Notifications.start(store, List.of(), channels.channels(), clock)) {
      store
          .alerts()
          .together(
              () -> {
                for (int i = 0; i < members; i++) {
                  watch(store, "invented-" + i, BIKE, hanging.uri("/" + i));
                }
                for (int i = 1; i < MOST_PER_MACHINE; i++) {
                  watch(store, "more-" + i, BENCH, hanging.uri("/more/" + i));
                }
              });
      watch(store, "honest-1", ROWER, honest.uri("/alone"));
      watch(store, "honest-2", BENCH, honest.uri("/among"));
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      long begun = System.nanoTime();
      free(store, BIKE, now);
      free(store, ROWER, now);
      free(store, BENCH, now);
      if (!honest.told.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        System.out.printf("crowd: only %s were told%n", honest.at.keySet());
        System.exit(1);
      }
      System.out.printf(
          "crowd: members=%d alone_ms=%d among_ms=%d receivers=%d%n",
          members,
          honest.millisSince(begun, "/alone"),
          honest.millisSince(begun, "/among"),
          hanging.held.get());
    }
    System.exit(0);
  }

  private static void watch(SqliteCloudStore store, String user, MachineId machine, URI hook) {
    Channel.Webhook channel = new Channel.Webhook(hook, "s".repeat(16));
    store
        .alerts()
        .create(
            Alert.create(
                AlertId.random(),
                new Alert.Watch(new UserId(user), machine, GYM),
                new AlertTerms(
                    Optional.empty(), Optional.empty(), List.of(channel), new Repetition.Once()),
                Optional.empty(),
                Instant.EPOCH));
  }

  private static void free(SqliteCloudStore store, MachineId machine, Instant at) {
    store
        .current()
        .offer(
            List.of(
                state(machine, MachineStatus.OCCUPIED, at.minusSeconds(60), 1),
                state(machine, MachineStatus.FREE, at, 2)));
  }

  private static CurrentState state(
      MachineId machine, MachineStatus status, Instant since, long seq) {
    return new CurrentState(
        machine, GYM, new CategoryId("cardio"), status, Optional.empty(), since, since, seq);
  }

  /// Responds at once.
  private static final class Honest implements AutoCloseable {
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final CountDownLatch told = new CountDownLatch(2);

    Honest() throws IOException {
      server.createContext(
          "/",
          exchange -> {
            if (at.putIfAbsent(exchange.getRequestURI().getPath(), System.nanoTime()) == null) {
              told.countDown();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
    }

    URI uri(String path) {
      return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    }

    long millisSince(long begun, String path) {
      return TimeUnit.NANOSECONDS.toMillis(at.getOrDefault(path, begun) - begun);
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /// Accepts connections and never responds.
  private static final class Hanging implements AutoCloseable {
    private final ServerSocket server =
        new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
    private final AtomicInteger held = new AtomicInteger();

    Hanging() throws IOException {
      Thread.ofPlatform().daemon().start(this::hold);
    }

    private void hold() {
      try {
        while (true) {
          Socket caller = server.accept();
          held.incrementAndGet();
          Thread.ofVirtual().start(() -> holdUntilGone(caller));
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private static void holdUntilGone(Socket caller) {
      try (caller) {
        caller.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // Gone.
      }
    }

    URI uri(String path) {
      return URI.create("http://127.0.0.1:%d%s".formatted(server.getLocalPort(), path));
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
