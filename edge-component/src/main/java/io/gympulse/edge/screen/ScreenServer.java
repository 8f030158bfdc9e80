package io.gympulse.edge.screen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.configuration.ScreenSettings;
import io.gympulse.edge.screen.Pairing.Result;
import io.gympulse.process.RateLimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the installer's screen by HTTPS, or by HTTP on the loopback address if configured so.
///
/// A browser without a session gets the pairing page, its files and nothing else. At most 64
/// connections are open; a request has to arrive within 20 s and to have at most 4,096 bytes of
/// body. At most eight streams of events are open. Thread-safe.
public final class ScreenServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScreenServer.class);
  private static final List<String> PUBLIC = List.of("pair.html", "pair.js", "screen.css");
  private static final List<String> PAIRED =
      List.of("screen.html", "screen.js", "binding.js", "dom.js", "report.html", "report.js");

  private final HttpServer server;
  private final RequestGuard guard;
  private final Pairing pairing;
  private final EventStreams streams;
  private final ScreenContent content;
  private final String cookie;
  private final String cookieAttributes;
  private final RateLimitedLog log;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final StaticFiles publicFiles = new StaticFiles("/io/gympulse/edge/screen/", PUBLIC);
  private final StaticFiles pairedFiles = new StaticFiles("/io/gympulse/edge/screen/", PAIRED);

  private ScreenServer(
      HttpServer server,
      ScreenSettings settings,
      String host,
      ScreenContent content,
      LongSupplier nanos,
      Consumer<String> printer) {
    this.server = server;
    this.content = content;
    this.guard = RequestGuard.of(settings.tls() ? "https" : "http", host);
    this.pairing = new Pairing(new SecureRandom(), nanos, printer);
    this.streams = new EventStreams(content);
    this.log = new RateLimitedLog(LOG, nanos);
    this.cookie = settings.tls() ? "__Host-gympulse" : "gympulse";
    this.cookieAttributes =
        "; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
            .formatted(Pairing.SESSION_LIFE.toSeconds(), settings.tls() ? "; Secure" : "");
    server.setExecutor(executor);
    server.createContext("/", this::handle);
  }

  /// Binds the address; nothing is served before [#start].
  ///
  /// @param identity of the server; empty without TLS
  /// @param host the machine's host name
  /// @param nanos monotonic time
  /// @param printer prints a new pairing code
  /// @throws IOException if the address is in use
  public static ScreenServer bind(
      ScreenSettings settings,
      Optional<ScreenIdentity> identity,
      String host,
      ScreenContent content,
      LongSupplier nanos,
      Consumer<String> printer)
      throws IOException {
    limit("jdk.httpserver.maxConnections", 64);
    limit("sun.net.httpserver.maxReqTime", 20);
    limit("sun.net.httpserver.idleInterval", 60);
    limit("sun.net.httpserver.maxReqHeaders", 60);
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    if (identity.isEmpty()) {
      return new ScreenServer(
          HttpServer.create(address, 0), settings, host, content, nanos, printer);
    }
    HttpsServer https = HttpsServer.create(address, 0);
    https.setHttpsConfigurator(new HttpsConfigurator(identity.get().context()));
    return new ScreenServer(https, settings, host, content, nanos, printer);
  }

  /// The JDK's server reads its limits from properties; a user's own setting remains.
  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, String.valueOf(value));
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// Begins to serve, and prints the first pairing code.
  public void start() {
    server.start();
    pairing.printCode();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ScreenRequest request = new ScreenRequest(exchange);
      try {
        route(request);
      } catch (RuntimeException e) {
        log.error("request", e, "{} {} failed", request.method(), request.path());
        request.refuse(500, "internal", "The gateway could not do that; its log says why.");
      }
    }
  }

  private void route(ScreenRequest request) throws IOException {
    if (!guard.isOwnHost(request.header("Host"))) {
      request.refuse(421, "foreign_host", "Use the gateway's address or host name.");
      return;
    }
    boolean paired = request.cookie(cookie).filter(pairing::isPaired).isPresent();
    switch (request.method()) {
      case "GET", "HEAD" -> get(request, paired);
      case "POST" -> {
        if (!guard.isOwnOrigin(request.header("Origin"), request.header("Host"))) {
          request.refuse(403, "foreign_origin", "This request came from another page.");
          return;
        }
        post(request, paired);
      }
      default -> request.refuse(405, "method", "Only GET and POST are served.");
    }
  }

  private void get(ScreenRequest request, boolean paired) throws IOException {
    String name = request.path().substring(Math.min(1, request.path().length()));
    if (name.isEmpty()) {
      name = paired ? "screen.html" : "pair.html";
    }
    if (paired && name.equals("report")) {
      name = "report.html";
    }
    Optional<StaticFiles.StaticFile> file = publicFiles.find(name);
    if (paired && file.isEmpty()) {
      file = pairedFiles.find(name);
    }
    if (file.isPresent()) {
      file.get().sendTo(request);
    } else if (!paired) {
      refuseUnpaired(request);
    } else if (name.equals("events")) {
      streams.serve(request, () -> request.cookie(cookie).filter(pairing::isPaired).isPresent());
    } else if (name.equals("api/report")) {
      request.respond(200, content.report());
    } else {
      request.refuse(404, "not_found", "There is no such page.");
    }
  }

  private static void refuseUnpaired(ScreenRequest request) throws IOException {
    request.refuse(401, "not_paired", "Enter the code that is on the gateway's console.");
  }

  private void post(ScreenRequest request, boolean paired) throws IOException {
    Optional<JsonNode> body = request.json();
    if (body.isEmpty()) {
      request.refuse(400, "body", "The body has to be a small JSON object.");
    } else if (request.path().equals("/pair")) {
      pair(request, body.get().path("code").asText(""));
    } else if (request.path().equals("/pair/code")) {
      requestCode(request);
    } else if (!paired) {
      refuseUnpaired(request);
    } else if (request.path().equals("/unpair")) {
      request.cookie(cookie).ifPresent(pairing::end);
      request.header("Set-Cookie", cookie + "=; Max-Age=0" + cookieAttributes);
      request.respond(200, JsonTree.object());
    } else {
      act(request, body.get());
    }
  }

  private void act(ScreenRequest request, JsonNode body) throws IOException {
    Optional<ScreenContent.Outcome> outcome = content.act(request.path(), body);
    if (outcome.isEmpty()) {
      request.refuse(404, "not_found", "There is no such action.");
      return;
    }
    switch (outcome.get()) {
      case ScreenContent.Outcome.Done(ObjectNode view) -> request.respond(200, view);
      case ScreenContent.Outcome.Refused(String reason) -> request.refuse(409, "refused", reason);
    }
  }

  private void pair(ScreenRequest request, String code) throws IOException {
    switch (pairing.pair(code)) {
      case Result.Paired(String token) -> {
        request.header("Set-Cookie", cookie + "=" + token + cookieAttributes);
        request.respond(200, JsonTree.object());
        LOG.info("a browser was paired with the installer's screen");
      }
      case Result.Wrong(int left) ->
          request.refuse(
              403,
              "wrong_code",
              left == 0
                  ? "That was not the code, and it has ended. Ask for a new one."
                  : "That is not the code. %d tries are left.".formatted(left));
      case Result.NoCode _ ->
          request.refuse(403, "no_code", "The code has ended. Ask for a new one.");
    }
  }

  private void requestCode(ScreenRequest request) throws IOException {
    if (pairing.requestCode()) {
      request.respond(200, JsonTree.object());
    } else {
      request.refuse(429, "too_early", "A new code can be had once a minute; try again soon.");
    }
  }

  @Override
  public void close() {
    streams.close();
    server.stop(0);
    executor.shutdownNow();
  }
}
