package io.gympulse.cloud.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Serves the page with changing sample data, for work on the page. The argument is the port. A
/// disconnected link makes the first gym offline at once.
public final class SamplePage {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final List<UnknownReason> REASONS =
      List.of(UnknownReason.SENSOR_DEAD, UnknownReason.SENSOR_STUCK, UnknownReason.NO_READING);

  private final SampleGyms gyms = SampleGyms.large();
  private final Random random = new Random(7);
  private volatile boolean up = true;
  private long recorded;
  private long waiting;
  private long position;

  public static void main(String[] args) throws IOException, InterruptedException {
    new SamplePage().run(Integer.parseInt(args[0]));
  }

  private void run(int port) throws IOException, InterruptedException {
    for (FloorPlan plan : gyms.floorPlans()) {
      gyms.setPresence(
          plan, true, CLOCK.instant().minusSeconds(7200), CLOCK.instant().minusSeconds(12));
      plan.machines().forEach(machine -> change(plan, machine, random.nextInt(4000)));
    }
    HttpServer supervisor =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    supervisor.createContext("/", this::control);
    supervisor.start();
    URI control = URI.create("http://127.0.0.1:" + supervisor.getAddress().getPort());
    try (RunningApi api =
        new RunningApi(gyms, RunningApi.Settings.STANDARD.withDemo(control, port))) {
      while (!Thread.interrupted()) {
        Thread.sleep(1500);
        step(api.updates());
      }
    }
  }

  private void step(RunningApi.TestUpdates updates) {
    FloorPlan first = gyms.floorPlans().getFirst();
    Instant now = CLOCK.instant();
    recorded++;
    boolean wasUp = gyms.presence(first).online();
    if (up) {
      waiting = 0;
      Machine machine = first.machines().get(random.nextInt(first.machines().size()));
      updates.push(new FeedUpdate.MachineChanged(++position, change(first, machine, 0)));
    } else {
      waiting++;
    }
    updates.push(
        new FeedUpdate.PresenceChanged(
            ++position,
            gyms.setPresence(gyms.floorPlans().getLast(), true, now.minusSeconds(7200), now)));
    if (up || wasUp) {
      Instant since = up == wasUp ? now.minusSeconds(7200) : now;
      updates.push(
          new FeedUpdate.PresenceChanged(++position, gyms.setPresence(first, up, since, now)));
    }
  }

  private CurrentState change(FloorPlan plan, Machine machine, int secondsAgo) {
    int chance = random.nextInt(100);
    Instant since = CLOCK.instant().minusSeconds(secondsAgo);
    MachineStatus status =
        chance < 45
            ? MachineStatus.FREE
            : chance < 92 ? MachineStatus.OCCUPIED : MachineStatus.UNKNOWN;
    Optional<UnknownReason> reason =
        status == MachineStatus.UNKNOWN
            ? Optional.of(REASONS.get(random.nextInt(REASONS.size())))
            : Optional.empty();
    return gyms.set(plan, machine, status, reason, since, CLOCK.instant());
  }

  private void control(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      up =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
              .contains("true");
    }
    String status =
        """
        {"gyms":[{"gym":"downtown","up":%s,"recorded":%d,"waiting":%d,"acknowledged":%d},
        {"gym":"riverside","up":true,"recorded":911,"waiting":0,"acknowledged":911}],"updates":%d}
        """
            .formatted(up, recorded, waiting, recorded - waiting, recorded + 911 - waiting);
    byte[] bytes = status.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
