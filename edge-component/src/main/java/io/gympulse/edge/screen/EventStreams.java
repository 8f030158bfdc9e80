package io.gympulse.edge.screen;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Open streams of server-sent events, at most eight. Each gets what has changed every 300 ms, and
/// a comment every 15 s, by which a connection that is gone is found. Thread-safe.
final class EventStreams implements AutoCloseable {
  private static final int MAX_STREAMS = 8;
  private static final Duration STEP = Duration.ofMillis(300);
  private static final int STEPS_BETWEEN_PINGS = 50;

  private final ScreenContent content;
  private final Semaphore free = new Semaphore(MAX_STREAMS);
  private volatile boolean closed;

  EventStreams(ScreenContent content) {
    this.content = content;
  }

  /// Serves a stream on this thread until the client is gone or its session has ended.
  void serve(ScreenRequest request, BooleanSupplier allowed) throws IOException {
    if (!free.tryAcquire()) {
      request.refuse(503, "too_many", "Too many pages are open; close one.");
      return;
    }
    try (OutputStream events = request.events()) {
      send(events, allowed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
  }

  private void send(OutputStream events, BooleanSupplier allowed)
      throws IOException, InterruptedException {
    String status = "";
    String binding = "";
    for (int step = 1; !closed; step++) {
      if (step % STEPS_BETWEEN_PINGS == 0) {
        if (!allowed.getAsBoolean()) {
          return;
        }
        events.write(new byte[] {':', '\n', '\n'});
        events.flush();
      }
      String nextStatus = content.status();
      if (!nextStatus.equals(status)) {
        ScreenRequest.write(events, "status", nextStatus);
        status = nextStatus;
      }
      String nextBinding = content.binding();
      if (!nextBinding.equals(binding)) {
        ScreenRequest.write(events, "binding", nextBinding);
        binding = nextBinding;
      }
      Thread.sleep(STEP);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
