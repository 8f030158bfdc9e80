package io.gympulse.local.http;

import io.gympulse.cloud.http.ApiError;
import io.gympulse.process.SiteCheck;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes requests to the handlers of their paths, within the budgets that all connections share.
/// Thread-safe.
final class HttpDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(HttpDispatcher.class);

  private final HttpLimits limits;
  private final SiteCheck site;
  private final SharedBudget bodies;
  private final Semaphore handling;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  HttpDispatcher(HttpLimits limits, SiteCheck site) {
    this.limits = limits;
    this.site = site;
    this.bodies = new SharedBudget(limits.budgetBytes());
    this.handling = new Semaphore(limits.handlingBytes(), true);
  }

  HttpLimits limits() {
    return limits;
  }

  SiteCheck site() {
    return site;
  }

  SharedBudget bodies() {
    return bodies;
  }

  void serve(String path, HttpHandler handler) {
    handlers.put(path, handler);
  }

  /// Counts a request that was refused before it was received completely.
  void countRefused() {
    refused.increment();
  }

  long refused() {
    return refused.sum();
  }

  /// Runs a task on a virtual thread.
  void execute(Runnable task) {
    requests.execute(task);
  }

  /// Calls the handler of the longest path that equals the request's path or is a parent of it.
  /// Waits until the budget of bodies in handling has room for the request's body, if it has one.
  ServerResponse respond(ServerRequest request) throws InterruptedException {
    Optional<HttpHandler> handler = handler(request.path());
    if (handler.isEmpty()) {
      return ServerResponse.of(
          new ApiError(404, "not_found", "there is nothing at this path", Optional.empty()));
    }
    int size = request.body().length;
    if (size > 0) {
      handling.acquire(size);
    }
    try {
      return handler.get().handle(request);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} {} is answered with 500", request.method(), request.path(), e);
      return ServerResponse.of(ApiError.internal());
    } finally {
      handling.release(size);
    }
  }

  private Optional<HttpHandler> handler(String path) {
    @Nullable HttpHandler exact = handlers.get(path);
    return exact != null
        ? Optional.of(exact)
        : handlers.entrySet().stream()
            .filter(it -> it.getKey().equals("/") || path.startsWith(it.getKey() + "/"))
            .max(Comparator.comparingInt(it -> it.getKey().length()))
            .map(Map.Entry::getValue);
  }

  void stop() {
    requests.shutdownNow();
  }
}
