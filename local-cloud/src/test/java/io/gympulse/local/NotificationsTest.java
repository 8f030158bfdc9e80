package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsTest {
  private static final GymId GYM = new GymId("gym-1");

  @TempDir private Path folder = Path.of("");

  /// Of two hundred attempts eight run at once, each with a timeout of five seconds; the others
  /// wait.
  @Test
  void a_webhook_that_hangs_does_not_delay_mail() throws Exception {
    ProcessClock clock = ProcessClock.real();
    Path mail = folder.resolve("mail");
    try (Hanging receiver = new Hanging();
        SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"));
        DeliveryChannels channels =
            new DeliveryChannels((_, _) -> new SendResult.Sent(0), Optional.of(mail), clock);
        Notifications _ = Notifications.start(store, List.of(), channels.channels(), clock)) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      for (int i = 0; i < 200; i++) {
        watch(store, new MachineId("bike"), new Channel.Webhook(receiver.uri(), "s".repeat(16)));
      }
      watch(store, new MachineId("rower"), new Channel.Email("ann@example.org"));
      frees(store, new MachineId("bike"), now);
      await().atMost(Duration.ofSeconds(30)).until(() -> receiver.connections() >= 8);

      frees(store, new MachineId("rower"), now);

      await().atMost(Duration.ofSeconds(8)).untilAsserted(() -> assertThat(mails(mail)).hasSize(1));
      assertThat(receiver.connections()).isLessThan(200);
    }
  }

  private static void watch(SqliteCloudStore store, MachineId machine, Channel channel) {
    store
        .alerts()
        .create(
            Alert.create(
                AlertId.random(),
                new Alert.Watch(new UserId("ann"), machine, GYM),
                new AlertTerms(
                    Optional.empty(), Optional.empty(), List.of(channel), new Repetition.Once()),
                Optional.empty(),
                Instant.EPOCH));
  }

  private static void frees(SqliteCloudStore store, MachineId machine, Instant at) {
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

  private static List<File> mails(Path folder) {
    File[] files = folder.toFile().listFiles((_, name) -> name.endsWith(".eml"));
    return files == null ? List.of() : List.of(files);
  }

  /// Accepts connections and never responds.
  private static final class Hanging implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    private final Queue<Socket> held = new ConcurrentLinkedQueue<>();

    Hanging() throws IOException {
      Thread.ofVirtual().start(this::acceptAll);
    }

    private void acceptAll() {
      try {
        while (true) {
          held.add(server.accept());
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    URI uri() {
      return URI.create("http://127.0.0.1:%d/hook".formatted(server.getLocalPort()));
    }

    int connections() {
      return held.size();
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket socket : held) {
        socket.close();
      }
    }
  }
}
