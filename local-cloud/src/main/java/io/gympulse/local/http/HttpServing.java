package io.gympulse.local.http;

import io.gympulse.cloud.http.Fault;
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

/// What all connections of a server share: its services, and the budgets that their requests take
/// from. Thread-safe.
final class HttpServing {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServing.class);

  private final HttpLimits limits;
  private final SiteCheck site;
  private final SharedBudget bodies;
  private final Semaphore working;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpService> services = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  HttpServing(HttpLimits limits, SiteCheck site) {
    this.limits = limits;
    this.site = site;
    this.bodies = new SharedBudget(limits.budgetBytes());
    this.working = new Semaphore(limits.workingBytes(), true);
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

  void serve(String path, HttpService service) {
    services.put(path, service);
  }

  /// Counts a request that was refused before it was read to its end.
  void countRefused() {
    refused.increment();
  }

  long refused() {
    return refused.sum();
  }

  /// Runs what serves a request, on a virtual thread.
  void execute(Runnable request) {
    requests.execute(request);
  }

  /// The answer of the service with the longest path that the request's path is, or lies below.
  /// Waits until what is being served leaves room for the request's body, if it has one.
  HttpReply answer(HttpCall call) throws InterruptedException {
    Optional<HttpService> service = service(call.path());
    if (service.isEmpty()) {
      return Replies.of(
          new Fault(404, "not_found", "there is nothing at this path", Optional.empty()));
    }
    int size = call.body().length;
    if (size > 0) {
      working.acquire(size);
    }
    try {
      return service.get().serve(call);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} {} is answered 500", call.method(), call.path(), e);
      return Replies.of(Fault.internal());
    } finally {
      working.release(size);
    }
  }

  private Optional<HttpService> service(String path) {
    @Nullable HttpService exact = services.get(path);
    return exact != null
        ? Optional.of(exact)
        : services.entrySet().stream()
            .filter(it -> it.getKey().equals("/") || path.startsWith(it.getKey() + "/"))
            .max(Comparator.comparingInt(it -> it.getKey().length()))
            .map(Map.Entry::getValue);
  }

  void stop() {
    requests.shutdownNow();
  }
}
